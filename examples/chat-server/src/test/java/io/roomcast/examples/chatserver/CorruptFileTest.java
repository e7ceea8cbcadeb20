package io.roomcast.examples.chatserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Named.named;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import io.roomcast.chat.mongo.MongoChatStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bson.Document;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CorruptFileTest {
    private static final int BLOCK = 4_096;

    @TempDir
    static Path healthy;

    private static byte[] content;

    @TempDir
    Path directory;

    @BeforeAll
    static void write() throws IOException {
        try (EmbeddedMongo mongo = EmbeddedMongo.open(healthy)) {
            MongoChatStore.connect(mongo.uri()).close();
            try (MongoClient client = MongoClients.create(mongo.uri())) {
                for (int i = 0; i < 50; i++) {
                    client.getDatabase("chat")
                            .getCollection("words")
                            .insertOne(new Document("_id", i).append("word", "w".repeat(500) + i));
                }
            }
            content = Files.readAllBytes(healthy.resolve("chat.mv.db"));
        }
    }

    private static byte[] noise(byte[] bytes, int from, int to, long seed) {
        byte[] changed = bytes.clone();
        byte[] noise = new byte[to - from];
        new Random(seed).nextBytes(noise);
        System.arraycopy(noise, 0, changed, from, noise.length);
        return changed;
    }

    private static Named<UnaryOperator<byte[]>> damage(String name, UnaryOperator<byte[]> damage) {
        return named(name, damage);
    }

    static Stream<Named<UnaryOperator<byte[]>>> damages() {
        return Stream.of(
                damage("noise", bytes -> noise(bytes, 0, bytes.length, 1)),
                damage("zeros", bytes -> new byte[bytes.length]),
                damage("a line of text", bytes -> "hello".getBytes(StandardCharsets.UTF_8)),
                damage("no header", bytes -> noise(bytes, 0, 2 * BLOCK, 2)),
                damage("everything after the header", bytes -> noise(bytes, 2 * BLOCK, bytes.length, 3)),
                damage(
                        "zeros after the header",
                        bytes -> Arrays.copyOf(Arrays.copyOf(bytes, 2 * BLOCK), bytes.length)));
    }

    static Stream<Named<UnaryOperator<byte[]>>> parts() {
        return IntStream.rangeClosed(1, 6)
                .mapToObj(seed -> damage("part " + seed, bytes -> {
                    Random random = new Random(seed);
                    int from = 2 * BLOCK + random.nextInt(bytes.length - 3 * BLOCK);
                    return noise(bytes, from, Math.min(bytes.length, from + 1 + random.nextInt(4 * BLOCK)), seed);
                }));
    }

    @ParameterizedTest
    @MethodSource("damages")
    void damagedFile_isRefused_inOneLine(UnaryOperator<byte[]> damage) throws IOException {
        byte[] damaged = damage.apply(content);
        Path file = Files.write(directory.resolve("chat.mv.db"), damaged);

        assertThatThrownBy(() -> EmbeddedMongo.open(directory))
                .isInstanceOf(StartException.class)
                .message()
                .startsWith("CHAT_DATA_DIR: " + file + " is damaged. Restore it from a backup, or move it away")
                .hasLineCount(1);
        assertThat(file).hasBinaryContent(damaged);
    }

    /** H2 restores the last consistent state, as after a power failure. */
    @ParameterizedTest
    @MethodSource("parts")
    void partlyDamagedFile_isOpened_orRefusedInOneLine(UnaryOperator<byte[]> damage) throws IOException {
        Files.write(directory.resolve("chat.mv.db"), damage.apply(content));

        try {
            new StoreChoice.Embedded(directory).open().close();
        } catch (StartException failure) {
            assertThat(failure).message().contains(directory.toString()).hasLineCount(1);
        }
    }

    @Test
    void unusedFile_isOpenedAgain() {
        EmbeddedMongo.open(directory).close();
        EmbeddedMongo.open(directory).close();

        assertThat(directory).isNotEmptyDirectory();
    }

    @Test
    void emptyFile_isFilled() throws IOException {
        Files.createFile(directory.resolve("chat.mv.db"));

        EmbeddedMongo.open(directory).close();

        assertThat(directory.resolve("chat.mv.db")).isNotEmptyFile();
    }
}
