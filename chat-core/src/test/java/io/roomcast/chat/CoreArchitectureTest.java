package io.roomcast.chat;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import io.roomcast.chat.command.Command;
import io.roomcast.chat.event.ChatEvent;
import io.roomcast.chat.testkit.PackageSizes;
import io.roomcast.chat.testkit.PublicApi;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class CoreArchitectureTest {
    private static final String ROOT = "io.roomcast.chat";
    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    private static void check(ArchRule rule) {
        rule.check(MAIN);
    }

    @Test
    void packages_have_no_cycles() {
        check(slices().matching(ROOT + ".(**)").should().beFreeOfCycles());
    }

    @Test
    void packages_depend_in_one_direction() {
        check(layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("model")
                .definedBy(ROOT + ".model")
                .layer("command")
                .definedBy(ROOT + ".command")
                .layer("event")
                .definedBy(ROOT + ".event")
                .layer("spi")
                .definedBy(ROOT + ".spi")
                .layer("internal")
                .definedBy(ROOT + ".internal..")
                .layer("chat")
                .definedBy(ROOT)
                .whereLayer("model")
                .mayNotAccessAnyLayer()
                .whereLayer("command")
                .mayOnlyAccessLayers("model")
                .whereLayer("event")
                .mayOnlyAccessLayers("model")
                .whereLayer("spi")
                .mayOnlyAccessLayers("model", "command", "event")
                .whereLayer("internal")
                .mayOnlyAccessLayers("model", "command", "event", "spi")
                .whereLayer("chat")
                .mayNotBeAccessedByAnyLayer());
    }

    @Test
    void packages_are_those_of_the_design() {
        check(classes()
                .should()
                .resideInAnyPackage(
                        ROOT,
                        ROOT + ".model",
                        ROOT + ".command",
                        ROOT + ".event",
                        ROOT + ".spi",
                        ROOT + ".internal.."));
    }

    @Test
    void core_depends_on_the_jdk_slf4j_and_annotations_alone() {
        check(classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        ROOT + "..",
                        "java..",
                        "javax.crypto..",
                        "org.slf4j",
                        "org.jspecify.annotations",
                        "com.google.errorprone.annotations.concurrent"));
    }

    @Test
    void internals_are_known_to_the_root_package_alone() {
        check(noClasses()
                .that()
                .resideOutsideOfPackages(ROOT, ROOT + ".internal..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROOT + ".internal.."));
    }

    @Test
    void parts_of_the_runtime_depend_downward() {
        List<String> floors = List.of(
                "cluster",
                "execution",
                "port",
                "rule",
                "occupancy",
                "room",
                "attention",
                "receipt",
                "presence",
                "session",
                "push",
                "call",
                "join",
                "handler",
                "host");
        for (int floor = 0; floor < floors.size(); floor++) {
            String[] above = floors.subList(floor + 1, floors.size()).stream()
                    .map(name -> ROOT + ".internal." + name)
                    .toArray(String[]::new);
            if (above.length > 0) {
                check(noClasses()
                        .that()
                        .resideInAPackage(ROOT + ".internal." + floors.get(floor))
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(above));
            }
            check(noClasses()
                    .that()
                    .resideInAPackage(ROOT + ".internal." + floors.get(floor))
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage(ROOT + ".internal"));
        }
    }

    @Test
    void parts_of_the_runtime_have_52_arrows_at_most() {
        Set<String> arrows = new TreeSet<>();
        for (JavaClass from : MAIN) {
            from.getDirectDependenciesFromSelf().stream()
                    .map(dependency -> dependency.getTargetClass().getPackageName())
                    .filter(to -> isPart(from.getPackageName()) && isPart(to))
                    .filter(to -> !to.equals(from.getPackageName()))
                    .forEach(to -> arrows.add(from.getPackageName() + " -> " + to));
        }
        assertThat(arrows).as("arrows between the packages of internal").hasSizeLessThanOrEqualTo(52);
    }

    private static boolean isPart(String packageName) {
        return packageName.startsWith(ROOT + ".internal");
    }

    @Test
    void packages_hold_25_types_at_most() {
        assertThat(PackageSizes.of(MAIN))
                .as("types in each package; model, command, event and spi are registers")
                .allSatisfy((name, types) -> {
                    if (!name.matches(".*\\.(model|command|event|spi)")) {
                        assertThat(types).as(name).isLessThanOrEqualTo(25);
                    }
                });
    }

    @Test
    void internals_open_one_class_to_the_root_package() {
        check(classes()
                .that()
                .resideInAPackage(ROOT + ".internal")
                .and()
                .arePublic()
                .and()
                .areTopLevelClasses()
                .should()
                .haveSimpleName("ChatRuntime"));
    }

    @Test
    void signatures_name_only_what_hosts_can_see() {
        assertThat(PublicApi.of(Path.of("target/classes")).leaks()).isEmpty();
    }

    @Test
    void module_exports_nothing_internal() {
        assertThat(PublicApi.of(Path.of("target/classes")).exported())
                .containsExactlyInAnyOrder(ROOT, ROOT + ".model", ROOT + ".command", ROOT + ".event", ROOT + ".spi");
    }

    @Test
    void ports_are_interfaces() {
        check(classes()
                .that()
                .resideInAPackage(ROOT + ".spi")
                .and()
                .arePublic()
                .and()
                .areTopLevelClasses()
                .and()
                .areNotRecords()
                .should()
                .beInterfaces());
    }

    @Test
    void classes_are_final_unless_made_to_be_extended() {
        check(classes()
                .that()
                .areNotInterfaces()
                .and()
                .areNotEnums()
                .and()
                .areTopLevelClasses()
                .and(isNotPackageInfo())
                .should()
                .haveModifier(JavaModifier.FINAL));
    }

    private static DescribedPredicate<JavaClass> isNotPackageInfo() {
        return DescribedPredicate.describe(
                "are not package-info", found -> !found.getSimpleName().equals("package-info"));
    }

    @Test
    void commands_and_events_are_records() {
        check(classes().that().implement(Command.class).should().beRecords());
        check(classes().that().implement(ChatEvent.class).should().beRecords());
    }

    @Test
    void only_the_scheduler_and_the_clock_read_the_time() {
        check(noClasses()
                .should()
                .callMethod(Thread.class, "sleep", long.class)
                .orShould()
                .callMethod(System.class, "currentTimeMillis"));
    }
}
