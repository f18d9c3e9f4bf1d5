package dev.concertina.dualwrite;

import org.junit.jupiter.api.Test;
import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.aot.generate.ClassNameGenerator;
import org.springframework.aot.generate.DefaultGenerationContext;
import org.springframework.aot.generate.GeneratedFiles.Kind;
import org.springframework.aot.generate.InMemoryGeneratedFiles;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.javapoet.ClassName;

import dev.concertina.autoconfigure.ConcertinaDualWriteAutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is left to be done at run time when an application was processed ahead of time.
 */
class RouterHintsTests {

	@Test
	void aRouterNeedsNoBeanToBeWrittenAsCode() throws Exception {
		InMemoryGeneratedFiles files = new InMemoryGeneratedFiles();
		DefaultGenerationContext generation = new DefaultGenerationContext(
				new ClassNameGenerator(ClassName.get("app", "App")), files);
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
			context.register(WithoutDatabase.Beans.class, OldNotes.class, NewNotes.class,
					ConcertinaDualWriteAutoConfiguration.class);
			new ApplicationContextAotGenerator().processAheadOfTime(context, generation);
			assertThat(context.getBeanFactory().containsSingleton("oldNotes")).isFalse();
			assertThat(context.getBeanFactory().containsSingleton("concertinaRouterFactory")).isFalse();
		}
		generation.writeGeneratedContent();
		assertThat(files.getGeneratedFiles(Kind.SOURCE))
			.anySatisfy((name, source) -> assertThat(name).contains("RouterFactoryBean__BeanDefinitions"));
		assertThat(
				RuntimeHintsPredicates.proxies().forInterfaces(AopProxyUtils.completeJdkProxyInterfaces(Notes.class)))
			.accepts(generation.getRuntimeHints());
		assertThat(RuntimeHintsPredicates.reflection()
			.onType(NewNotes.class)
			.withMemberCategory(MemberCategory.INVOKE_PUBLIC_METHODS)).accepts(generation.getRuntimeHints());
	}

}
