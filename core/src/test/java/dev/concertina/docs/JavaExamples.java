package dev.concertina.docs;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

import dev.concertina.change.Change;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The examples in Java, compiled as a reader would who copies them.
 */
final class JavaExamples {

	private JavaExamples() {
	}

	static Map<OperationPage, Change> compile(List<OperationPage> pages, Path folder)
			throws IOException, ReflectiveOperationException {
		List<Path> sources = new ArrayList<>();
		for (OperationPage page : pages) {
			sources.add(Files.writeString(folder.resolve(type(page) + ".java"), """
					import java.util.*;
					import dev.concertina.change.*;
					import dev.concertina.operation.*;
					import dev.concertina.plan.*;
					import dev.concertina.schema.*;

					public class %s {

						public static Change change() {
							return %s
						}

					}
					""".formatted(type(page), page.java().strip())));
		}
		compile(sources);
		Map<OperationPage, Change> changes = new LinkedHashMap<>();
		try (URLClassLoader classes = new URLClassLoader(new URL[] { folder.toUri().toURL() })) {
			for (OperationPage page : pages) {
				changes.put(page, (Change) classes.loadClass(type(page)).getMethod("change").invoke(null));
			}
		}
		return changes;
	}

	private static void compile(List<Path> sources) throws IOException {
		JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
		StringWriter problems = new StringWriter();
		try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
			boolean compiled = compiler
				.getTask(problems, files, null, List.of("-proc:none", "-cp", System.getProperty("java.class.path")),
						null, files.getJavaFileObjectsFromPaths(sources))
				.call();
			assertThat(compiled).as("%s", problems).isTrue();
		}
	}

	private static String type(OperationPage page) {
		return "Example_" + page.name().replace('-', '_');
	}

}
