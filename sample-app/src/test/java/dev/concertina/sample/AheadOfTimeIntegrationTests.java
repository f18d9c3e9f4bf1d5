package dev.concertina.sample;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

import org.assertj.core.api.InstanceOfAssertFactories;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplicationAotProcessor;
import org.springframework.util.FileSystemUtils;

import dev.concertina.testing.ChildJvm;
import dev.concertina.testing.ChildJvms;
import dev.concertina.testing.JvmLaunch;
import dev.concertina.testing.Patience;
import dev.concertina.testing.PostgresTest;
import dev.concertina.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The shop as a native image has it: Spring has decided at build time which beans there
 * are and how they are made, and what is reached by reflection is written down.
 */
@PostgresTest
class AheadOfTimeIntegrationTests {

	private static final Path GENERATED = Path.of(System.getProperty("sample.generated"));

	private static final Duration LONG = Duration.ofMinutes(2);

	@BeforeAll
	static void generate() throws IOException {
		FileSystemUtils.deleteRecursively(GENERATED);
		Path sources = GENERATED.resolve("sources");
		try (ChildJvms jvms = new ChildJvms()) {
			ChildJvm processor = jvms.start(JvmLaunch.of(SpringApplicationAotProcessor.class)
				.withArguments(CompiledShop.class.getName(), sources.toString(), GENERATED.toString(),
						GENERATED.toString(), "dev.concertina", "sample",
						"--spring.datasource.url=jdbc:postgresql://localhost/shop"));
			assertThat(processor.awaitExit(LONG)).as("%s", processor.output()).isZero();
		}
		compile(sources);
	}

	private static void compile(Path sources) throws IOException {
		JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
		try (Stream<Path> files = Files.walk(sources);
				StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
			List<Path> java = files.filter((file) -> file.toString().endsWith(".java")).toList();
			assertThat(compiler
				.getTask(null, manager, null,
						List.of("-d", GENERATED.toString(), "-proc:none", "-nowarn", "-classpath",
								System.getProperty("java.class.path")),
						null, manager.getJavaFileObjectsFromPaths(java))
				.call()).isTrue();
		}
	}

	@Test
	void goesThroughItsChangeWithBeansThatWerePreparedAtBuildTime(TestDatabase database, ChildJvms jvms) {
		Flyway.configure().dataSource(database.dataSource()).load().migrate();
		database.execute(
				"""
						INSERT INTO orders (customer, line_items)
						SELECT 'customer ' || n, '[{"sku": "SKU-1", "quantity": 2, "price": 19.90}]' FROM generate_series(1, 1000) AS n""");
		ChildJvm shop = jvms.start(JvmLaunch.of(CompiledShop.class)
			.withProperty("spring.aot.enabled", "true")
			.withArguments("--spring.datasource.url=" + database.url(),
					"--spring.datasource.username=" + database.user(),
					"--spring.datasource.password=" + database.password(), "--server.port=0",
					"--spring.main.log-startup-info=true", "--concertina.contract.soak=0s",
					"--concertina.fleet.reads-for=0s", "--concertina.fleet.harmless-sessions=test",
					"--sample.tour.stay=100ms"));
		shop.awaitLine((line) -> line.contains("Starting AOT-processed CompiledShop"), LONG);
		Patience.await()
			.atMost(LONG)
			.untilAsserted(() -> assertThat(completed(database)).as("%s", shop.output()).isTrue());
		assertThat(database.jdbc()
			.sql("SELECT row_count FROM concertina.verdict WHERE missing + different + extra = 0")
			.query(Long.class)
			.list()).first().asInstanceOf(InstanceOfAssertFactories.LONG).isGreaterThanOrEqualTo(1000);
	}

	@Test
	void writesDownWhatIsReachedByReflectionAndWhichFilesAreRead() throws IOException {
		String metadata = Files
			.readString(GENERATED.resolve("META-INF/native-image/dev.concertina/sample/reachability-metadata.json"))
			.replace("\\/", "/");
		assertThat(metadata).contains("dev.concertina.operation.ExtractJsonArray", "dev.concertina.plan.Plan",
				"dev.concertina.sample.shop.OrderRepository", "db/evolution/*", "dev/concertina/state/*",
				"dev/concertina/console/page/*");
	}

	private static boolean completed(TestDatabase database) {
		return database.jdbc().sql("SELECT to_regclass('concertina.change') IS NOT NULL").query(Boolean.class).single()
				&& database.jdbc()
					.sql("SELECT EXISTS (SELECT FROM concertina.change WHERE id = 'split_order_items' AND status = 'COMPLETED')")
					.query(Boolean.class)
					.single();
	}

}
