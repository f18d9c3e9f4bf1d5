package dev.concertina.testing;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Makes what {@link PostgresTest} promises, and closes it with the context that it was
 * made for.
 */
final class PostgresExtension implements ParameterResolver, AfterEachCallback {

	private static final Namespace NAMESPACE = Namespace.create(PostgresExtension.class);

	@Override
	public ExtensionContextScope getTestInstantiationExtensionContextScope(ExtensionContext rootContext) {
		return ExtensionContextScope.TEST_METHOD;
	}

	@Override
	public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
		Class<?> type = parameter.getParameter().getType();
		return type == TestDatabase.class || type == ChildJvms.class;
	}

	@Override
	public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
		if (parameter.getParameter().getType() == ChildJvms.class) {
			return perMethod(context).getStore(NAMESPACE)
				.computeIfAbsent(ChildJvms.class, (key) -> new ChildJvms(), ChildJvms.class);
		}
		PostgresTest options = options(context);
		ExtensionContext owner = (options.database() == DatabaseScope.PER_CLASS) ? outermostClass(context)
				: perMethod(context);
		return owner.getStore(NAMESPACE)
			.computeIfAbsent(TestDatabase.class,
					(key) -> TestDatabase.create(PostgresServer.shared(), options.settings()), TestDatabase.class);
	}

	@Override
	public void afterEach(ExtensionContext context) {
		TestDatabase database = context.getStore(NAMESPACE).get(TestDatabase.class, TestDatabase.class);
		if (database != null) {
			database.closeOpened();
		}
	}

	private static PostgresTest options(ExtensionContext context) {
		return AnnotationSupport.findAnnotation(outermostClass(context).getRequiredTestClass(), PostgresTest.class)
			.orElseThrow(() -> new ParameterResolutionException("Put @PostgresTest on the outermost test class"));
	}

	private static ExtensionContext perMethod(ExtensionContext context) {
		if (context.getTestMethod().isEmpty()) {
			throw new ParameterResolutionException("Outside of a test method there is no database per method; "
					+ "use @PostgresTest(database = PER_CLASS)");
		}
		return context;
	}

	private static ExtensionContext outermostClass(ExtensionContext context) {
		return context.getParent()
			.filter((parent) -> parent.getTestClass().isPresent())
			.map(PostgresExtension::outermostClass)
			.orElse(context);
	}

}
