package dev.concertina.change;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
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
			List<Resource> found = Arrays
				.stream(new PathMatchingResourcePatternResolver(loader).getResources(files.pattern))
				.filter((resource) -> YAML.matcher(String.valueOf(resource.getFilename())).matches())
				.toList();
			List<String> names = found.stream().map(files::name).toList();
			return found.stream()
				.map((resource) -> read(resource, names, files.name(resource)))
				.sorted(Comparator.comparing(ChangeFile::name))
				.toList();
		}
		catch (IOException ex) {
			throw unreadable(location, ex);
		}
	}

	/**
	 * Return the name from the folder on, as people know it.
	 */
	private String name(Resource file) {
		String url = url(file);
		int start = url.lastIndexOf(this.folder + "/");
		return (start < 0) ? url : url.substring(start);
	}

	private static ChangeFile read(Resource file, List<String> names, String name) {
		try {
			ByteBuffer bytes = ByteBuffer.wrap(file.getContentAsByteArray());
			String text = StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
			return new ChangeFile((Collections.frequency(names, name) > 1) ? url(file) : name, text);
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
