package dev.concertina;

import java.time.Clock;
import java.util.Date;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

/**
 * The clock of an instance may jump, and differs from that of the next one: how old
 * something is says the database, and how long it took {@code nanoTime}. Where the hour
 * of the day is asked for, a jump costs no more than some work at the wrong hour.
 */
@AnalyzeClasses(packages = "dev.concertina", importOptions = DoNotIncludeTests.class)
class ClockTests {

	@ArchTest
	final ArchRule nothingButTheLogAndTheHoursOfTheDayAskForTheTime = noClasses().that()
		.doNotHaveFullyQualifiedName("dev.concertina.execute.ProgressLog")
		.and()
		.doNotHaveFullyQualifiedName("dev.concertina.execute.HoldLog")
		.and()
		.doNotHaveFullyQualifiedName("dev.concertina.throttle.signal.TimeWindows")
		.should()
		.callMethodWhere(target(name("now")).and(target(owner(resideInAPackage("java.time..")))))
		.orShould()
		.callMethod(Clock.class, "instant")
		.orShould()
		.callMethod(Clock.class, "millis")
		.orShould()
		.callMethod(System.class, "currentTimeMillis")
		.orShould()
		.callConstructor(Date.class);

}
