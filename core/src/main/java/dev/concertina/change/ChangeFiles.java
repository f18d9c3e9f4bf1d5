package dev.concertina.change;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.util.StringUtils;

import dev.concertina.failure.ConcertinaException;

/**
 * The YAML files below a folder.
 */
public final class ChangeFiles {

	private static final Pattern YAML = Pattern.compile("(?i).+\\.ya?ml");

	private static final Pattern SQL = Pattern.compile("(?i).+\\.sql");

	private final String folder;

	private final String pattern;

	private ChangeFiles(String location) {
		String prefix = location.substring(0, location.indexOf(':') + 1);
		this.folder = StringUtils.trimTrailingCharacter(location.substring(prefix.length()), '/');
		this.pattern = switch (prefix) {
			case "", "classpath:" -> "classpath*:" + this.folder + "/**/*";
			case "filesystem:" -> "file:" + this.folder + "/**/*";
			default -> prefix + this.folder + "/**/*";
		};
	}

	/**
	 * Load the files of a location, which is written as those of Flyway are.
	 * @param loader what finds folders of the class path
	 * @param location a folder such as {@code classpath:db/evolution}, which several jars
	 * may have, or {@code filesystem:/etc/evolution}
	 * @return the files in the order of their names; none if there is no such folder
	 * @throws ConcertinaException if a file can't be read
	 */
	public static List<ChangeFile> load(ClassLoader loader, String location) {
		ChangeFiles files = new ChangeFiles(location);
		try {
			Resource[] all = new PathMatchingResourcePatternResolver(loader).getResources(files.pattern);
			List<Resource> found = named(all, YAML);
			List<String> names = found.stream().map(files::name).toList();
			Map<String, Map<String, String>> scripts = scripts(named(all, SQL));
			return found.stream()
				.map((resource) -> read(resource, names, files.name(resource),
						scripts.getOrDefault(folder(resource), Map.of())))
				.sorted(Comparator.comparing(ChangeFile::name))
				.toList();
		}
		catch (IOException ex) {
			throw unreadable(location, ex);
		}
	}

	private static List<Resource> named(Resource[] all, Pattern pattern) {
		return Arrays.stream(all)
			.filter((resource) -> pattern.matcher(String.valueOf(resource.getFilename())).matches())
			.toList();
	}

	/**
	 * Return the texts of files by folder and name.
	 */
	private static Map<String, Map<String, String>> scripts(List<Resource> files) {
		Map<String, Map<String, String>> scripts = new HashMap<>();
		for (Resource file : files) {
			scripts.computeIfAbsent(folder(file), (folder) -> new HashMap<>())
				.put(String.valueOf(file.getFilename()), text(file, url(file)));
		}
		return scripts;
	}

	private static String folder(Resource file) {
		String url = url(file);
		return url.substring(0, url.lastIndexOf('/') + 1);
	}

	/**
	 * Return the name from the folder on, as people know it.
	 */
	private String name(Resource file) {
		String url = url(file);
		int start = url.lastIndexOf(this.folder + "/");
		return (start < 0) ? url : url.substring(start);
	}

	private static ChangeFile read(Resource file, List<String> names, String name, Map<String, String> scripts) {
		return new ChangeFile((Collections.frequency(names, name) > 1) ? url(file) : name, text(file, name), scripts);
	}

	private static String text(Resource file, String name) {
		try {
			ByteBuffer bytes = ByteBuffer.wrap(file.getContentAsByteArray());
			return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
		}
		catch (IOException ex) {
			throw unreadable(name, ex);
		}
	}

	private static String url(Resource file) {
		try {
			return StringUtils.uriDecode(file.getURL().toString(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw unreadable(file.getDescription(), ex);
		}
	}

	private static ConcertinaException unreadable(String what, IOException cause) {
		return new ConcertinaException("%s can't be read: %s".formatted(what, cause),
				"Make it readable for the application, and save it as UTF-8.", cause);
	}

}
