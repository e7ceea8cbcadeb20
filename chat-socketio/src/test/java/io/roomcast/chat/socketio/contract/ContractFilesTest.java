package io.roomcast.chat.socketio.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The files that the server serves to front ends are generated from the contract. */
class ContractFilesTest {
    private static final Path FOLDER =
            Path.of(System.getProperty("basedir", "."), "src/main/resources/io/roomcast/chat/socketio/contract");

    /** Whether {@code -Dcontract.write} is set, so that the test writes the files and does not compare them. */
    private static final boolean WRITE = System.getProperty("contract.write") != null;

    @ParameterizedTest(name = "{0}")
    @MethodSource("files")
    void file_is_up_to_date(String name, String printed) throws IOException {
        Path file = FOLDER.resolve(name);
        if (WRITE) {
            Files.createDirectories(FOLDER);
            Files.writeString(file, printed);
        }
        assertThat(Files.readString(file))
                .as("%s; run this test with -Dcontract.write to generate it", name)
                .isEqualTo(printed);
    }

    private static Stream<Arguments> files() {
        return Stream.of(
                Arguments.of("chat-events.d.ts", TypeScriptFile.print()),
                Arguments.of("asyncapi.yaml", AsyncApiFile.print()),
                Arguments.of("openapi.yaml", OpenApiFile.print()));
    }
}
