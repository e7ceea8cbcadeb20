package io.roomcast.chat.socketio;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.properties.HasName;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.roomcast.chat.testkit.PackageSizes;
import io.roomcast.chat.testkit.PublicApi;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final String BASE = "io.roomcast.chat.socketio";

    private final JavaClasses module = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(BASE);

    @Test
    void packages_have_no_cycle() {
        slices().matching("io.roomcast.chat.(**)").should().beFreeOfCycles().check(module);
    }

    /** Holds without exceptions: a chat passes in what these packages need of it. */
    @Test
    void transport_knows_nothing_of_a_chat() {
        String[] transport = {
            BASE + ".internal.channel", BASE + ".internal.request", BASE + ".internal.http", BASE + ".internal.engine"
        };
        noClasses()
                .that()
                .resideInAnyPackage(transport)
                .should()
                .dependOnClassesThat(resideInAPackage("io.roomcast..")
                        .and(not(resideInAnyPackage(transport)))
                        .or(resideInAPackage("com.fasterxml..")))
                .check(module);
    }

    @Test
    void internals_depend_downward() {
        List<String> floors = List.of(
                "tls",
                "channel",
                "request",
                "http",
                "engine",
                "outgoing",
                "json",
                "wire",
                "packet",
                "recovery",
                "socket",
                "api",
                "files",
                "netty",
                "settings");
        for (int floor = 0; floor < floors.size() - 1; floor++) {
            String[] above = floors.subList(floor + 1, floors.size()).stream()
                    .map(name -> BASE + ".internal." + name)
                    .toArray(String[]::new);
            noClasses()
                    .that()
                    .resideInAPackage(BASE + ".internal." + floors.get(floor))
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(above)
                    .check(module);
        }
    }

    @Test
    void only_the_public_package_uses_the_assembly() {
        noClasses()
                .that()
                .resideInAPackage(BASE + ".internal..")
                .and()
                .resideOutsideOfPackage(BASE + ".internal")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(BASE + ".internal")
                .check(module);
    }

    @Test
    void public_package_has_only_what_hosts_use() {
        classes()
                .that()
                .resideInAPackage(BASE)
                .and(DescribedPredicate.not(HasName.Predicates.nameEndingWith("package-info")))
                .and()
                .areTopLevelClasses()
                .should()
                .bePublic()
                .check(module);
    }

    @Test
    void module_exports_nothing_internal() {
        assertThat(PublicApi.of(Path.of("target/classes")).exported())
                .containsExactlyInAnyOrder(BASE, BASE + ".metrics", BASE + ".push", BASE + ".redis", BASE + ".webhook");
    }

    @Test
    void packages_hold_25_types_at_most() {
        assertThat(PackageSizes.of(module))
                .allSatisfy((name, types) -> assertThat(types).as(name).isLessThanOrEqualTo(25));
    }

    @Test
    void only_the_wire_and_http_speak_json() {
        noClasses()
                .that()
                .resideInAPackage(BASE)
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.fasterxml..")
                .check(module);
    }

    @Test
    void micrometer_is_known_where_a_host_asks_for_it() {
        noClasses()
                .that()
                .resideOutsideOfPackage(BASE + ".metrics")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.micrometer..", BASE + ".metrics")
                .check(module);
    }

    @Test
    void jedis_is_known_where_a_host_or_an_operator_asks_for_it() {
        noClasses()
                .that()
                .resideOutsideOfPackage(BASE + ".redis")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("redis.clients..")
                .check(module);
        noClasses()
                .that()
                .resideOutsideOfPackages(BASE + ".redis", BASE + ".internal.settings")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(BASE + ".redis")
                .check(module);
    }

    @Test
    void web_push_is_known_where_a_host_asks_for_it() {
        noClasses()
                .that()
                .doNotHaveSimpleName("PushEncryption")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.zerodeplibs..")
                .check(module);
        noClasses()
                .that()
                .resideOutsideOfPackage(BASE + ".push")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(BASE + ".push")
                .check(module);
    }

    @Test
    void netty_socketio_is_known_where_the_server_is_made() {
        noClasses()
                .that()
                .doNotHaveSimpleName("SocketIoBootstrap")
                .and()
                .doNotHaveSimpleName("UnusedJson")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.corundumstudio..")
                .check(module);
    }

    @Test
    void signatures_name_only_what_hosts_can_see() {
        assertThat(PublicApi.of(Path.of("target/classes")).leaks()).isEmpty();
    }

    @Test
    void classes_that_hosts_see_cannot_be_extended() {
        classes()
                .that()
                .resideInAPackage(BASE)
                .and()
                .arePublic()
                .should()
                .haveModifier(JavaModifier.FINAL)
                .check(module);
    }
}
