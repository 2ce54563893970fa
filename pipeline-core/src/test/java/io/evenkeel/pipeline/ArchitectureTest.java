package io.evenkeel.pipeline;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static com.tngtech.archunit.library.plantuml.rules.PlantUmlArchCondition.Configuration.consideringOnlyDependenciesInAnyPackage;
import static com.tngtech.archunit.library.plantuml.rules.PlantUmlArchCondition.adhereToPlantUmlDiagram;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import java.net.URL;
import java.util.Objects;

/** Holds the code of this module and of its two libraries to the arrows of design.puml. */
@AnalyzeClasses(packages = "io.evenkeel", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final URL DESIGN = Objects.requireNonNull(ArchitectureTest.class.getResource("/design.puml"));

    @ArchTest
    static void codeFollowsTheDesign(JavaClasses classes) {
        ArchRuleDefinition.classes()
                .that()
                .resideInAPackage("io.evenkeel..")
                .should(adhereToPlantUmlDiagram(DESIGN, consideringOnlyDependenciesInAnyPackage("io.evenkeel..")))
                .check(classes);
    }

    @ArchTest
    static void packagesOfThePipelineHaveNoCycles(JavaClasses classes) {
        slices().matching("io.evenkeel.pipeline.(*)..")
                .should()
                .beFreeOfCycles()
                .check(classes);
    }

    @ArchTest
    static void packagesOfTheAnalyzerHaveNoCycles(JavaClasses classes) {
        slices().matching("io.evenkeel.flaky.(*)..").should().beFreeOfCycles().check(classes);
    }

    @ArchTest
    static void librariesKnowNobody(JavaClasses classes) {
        noClasses()
                .that()
                .resideInAnyPackage("io.evenkeel.flaky..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.evenkeel.pipeline..", "io.evenkeel.healing..")
                .check(classes);
        noClasses()
                .that()
                .resideInAnyPackage("io.evenkeel.healing..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.evenkeel.pipeline..", "io.evenkeel.flaky..")
                .check(classes);
    }

    @ArchTest
    static void algorithmsReadNoFilesClocksOrEnvironment(JavaClasses classes) {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "io.evenkeel.pipeline.split..",
                        "io.evenkeel.pipeline.plan",
                        "io.evenkeel.pipeline.summary..",
                        "io.evenkeel.flaky.rate..",
                        "io.evenkeel.flaky.history..",
                        "io.evenkeel.flaky.duration..",
                        "io.evenkeel.healing.match..",
                        "io.evenkeel.healing.classify..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.nio.file..", "java.net.http..")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "getenv")
                .check(classes);
    }
}
