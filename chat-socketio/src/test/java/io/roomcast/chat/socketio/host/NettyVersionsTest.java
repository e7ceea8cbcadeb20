package io.roomcast.chat.socketio.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.netty.util.Version;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Errors and warnings for hosts with another version of Netty. */
class NettyVersionsTest {
    private static final String PRESENT = Version.identify().get("netty-common").artifactVersion();
    private static final String ANSWERED = "answered 200";

    @TempDir
    Path folder;

    @Test
    void consistent_versions_are_accepted_without_a_warning() {
        assertThat(HostProcess.onClassPath(HostProcess.classPath()).output())
                .contains(ANSWERED)
                .doesNotContain("WARN");
    }

    @ParameterizedTest
    @CsvSource({
        "netty-common, 4.1.86.Final",
        "netty-buffer, 4.1.86.Final",
        "netty-transport, 4.1.117.Final",
        "netty-handler, 4.0.56.Final",
        "netty-codec-http, 4.1.86.Final",
        "netty-codec-http, 4.1.117.Final",
        "netty-resolver, 3.10.6.Final",
        "netty-transport-classes-epoll, 4.1.59.Final-redhat-00001"
    })
    void outdated_part_is_rejected_with_name_version_and_jar(String artifact, String version) throws IOException {
        Path old = new NettyJars(folder).relabelled(artifact, version);
        assertThat(HostProcess.onClassPath(NettyJars.with(artifact, old)).output())
                .contains("rejected: netty: " + artifact + " " + version + " from " + old
                        + " (expected: 4.1.118.Final or newer)")
                .doesNotContain("built");
    }

    @Test
    void first_of_two_jars_is_checked() throws IOException {
        Path old = new NettyJars(folder).relabelled("netty-codec-http", "4.1.86.Final");
        assertThat(HostProcess.onClassPath(NettyJars.and(old)).output()).contains("rejected", old.toString());
    }

    @Test
    void parts_of_two_minor_versions_are_rejected() throws IOException {
        String other = PRESENT.startsWith("4.1.") ? "4.2.20.Final" : "4.1.140.Final";
        Path jar = new NettyJars(folder).relabelled("netty-handler", other);
        assertThat(HostProcess.onClassPath(NettyJars.with("netty-handler", jar)).output())
                .contains("rejected: netty: netty-handler " + other, "beside netty-common " + PRESENT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"netty-codec-http", "netty-handler", "netty-transport-classes-epoll"})
    void missing_part_is_named(String artifact) {
        assertThat(HostProcess.onClassPath(NettyJars.without(artifact)).output())
                .contains("rejected: netty: " + artifact + " is missing");
    }

    @Test
    void parts_of_one_minor_version_and_several_patches_run_with_one_warning() throws IOException {
        String line = PRESENT.substring(0, PRESENT.indexOf('.', 2));
        String other = line + ".999.Final";
        Path jar = new NettyJars(folder).relabelled("netty-handler", other);
        String output =
                HostProcess.onClassPath(NettyJars.with("netty-handler", jar)).output();
        assertThat(output).contains(ANSWERED);
        assertThat(output.lines().filter(text -> text.contains("WARN")))
                .singleElement()
                .asString()
                .contains("netty-handler " + other, "netty-common " + PRESENT);
    }

    @Test
    void codec_with_known_vulnerabilities_causes_a_warning() throws IOException {
        String faulty = PRESENT.startsWith("4.1.") ? "4.1.130.Final" : "4.2.1.Final";
        Path jar = new NettyJars(folder).relabelled("netty-codec-http", faulty);
        assertThat(HostProcess.onClassPath(NettyJars.with("netty-codec-http", jar))
                        .output())
                .contains(ANSWERED, "netty-codec-http " + faulty, "known vulnerabilities");
    }

    @Test
    void native_library_of_another_version_is_not_used_and_causes_one_warning() throws IOException {
        Path library = new NettyJars(folder).nativeLibrary("4.2.1.Final");
        String output = HostProcess.onClassPath(NettyJars.and(library)).output();
        assertThat(output).contains(ANSWERED);
        assertThat(output.lines().filter(line -> line.contains("WARN")))
                .singleElement()
                .asString()
                .contains(
                        "netty-transport-native-epoll 4.2.1.Final", "netty-transport-classes-epoll " + PRESENT, "NIO");
    }

    /** The library of another version loads, and lacks functions that its callers need. */
    @Test
    void real_native_library_of_another_version_is_not_used() throws IOException {
        Path library = NettyJars.realNativeLibrary();
        String version = NettyJars.version(library);
        assumeThat(version).isNotEqualTo(PRESENT);
        String output = HostProcess.onClassPath(NettyJars.and(library)).output();
        assertThat(output).contains(ANSWERED).doesNotContain("UnsatisfiedLinkError");
        assertThat(output.lines().filter(line -> line.contains("WARN")))
                .singleElement()
                .asString()
                .contains(
                        "native transport disabled, using NIO: netty-transport-native-epoll " + version,
                        "set netty-transport-native-epoll to " + PRESENT);
    }

    @Test
    void native_library_is_not_used_if_one_of_its_callers_has_another_version() throws IOException {
        NettyJars jars = new NettyJars(folder);
        String other = PRESENT.substring(0, PRESENT.indexOf('.', 2)) + ".999.Final";
        Path caller = jars.relabelled("netty-transport-native-unix-common", other);
        Path library = jars.nativeLibrary(PRESENT);
        List<Path> classPath = Stream.concat(
                        Stream.of(library), NettyJars.with("netty-transport-native-unix-common", caller).stream())
                .toList();
        assertThat(HostProcess.onClassPath(classPath).output())
                .contains(ANSWERED, "native transport disabled", "netty-transport-native-unix-common " + other);
    }

    @Test
    void matching_native_library_that_does_not_load_causes_no_warning() throws IOException {
        Path library = new NettyJars(folder).nativeLibrary(PRESENT);
        assertThat(HostProcess.onClassPath(NettyJars.and(library)).output())
                .contains(ANSWERED)
                .doesNotContain("WARN");
    }

    @ParameterizedTest
    @ValueSource(strings = {"jackson-core", "jackson-databind"})
    void missing_jackson_is_named(String artifact) {
        assertThat(HostProcess.onClassPath(NettyJars.without(artifact)).output())
                .contains("rejected: jackson: " + artifact + " is missing");
    }

    /** Requires the jars of an older version, which another build has left in the local repository. */
    @Test
    void outdated_jackson_is_rejected() {
        Path core = older("jackson-core");
        Path databind = older("jackson-databind");
        assumeThat(core).exists();
        assumeThat(databind).exists();
        List<Path> classPath = Stream.concat(Stream.of(core, databind), HostProcess.classPath().stream())
                .toList();
        assertThat(HostProcess.onClassPath(classPath).output())
                .contains("rejected: jackson: jackson-core 2.17.2 (expected: 2.18 or newer)")
                .contains("jackson: jackson-databind 2.17.2");
    }

    private static Path older(String artifact) {
        Path versions = NettyJars.present(artifact).getParent().resolveSibling("2.17.2");
        return versions.resolve(artifact + "-2.17.2.jar");
    }
}
