package io.roomcast.examples.chatserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.MongoTimeoutException;
import io.roomcast.chat.mongo.MongoChatStore;
import io.roomcast.chat.spi.ChatStore;
import io.roomcast.chat.testkit.MovableClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The start of the embedded store on a busy machine. */
class StorageTest {
    @TempDir
    Path folder;

    private final MovableClock clock = new MovableClock();
    private final AtomicInteger attempts = new AtomicInteger();

    @Test
    void embeddedStore_isWaitedFor_whileItDoesNotAnswer() {
        EmbeddedMongo database = EmbeddedMongo.open(folder);
        try (Storage storage = Storage.embedded(() -> connect(database, 3), database::close, clock)) {
            assertThat(storage.store().epoch()).isNotEmpty();
        }
        assertThat(attempts).hasValue(4);
    }

    private ChatStore connect(EmbeddedMongo database, int failures) {
        if (attempts.getAndIncrement() < failures) {
            clock.advance(Duration.ofSeconds(15));
            throw new MongoTimeoutException("Timed out while receiving message");
        }
        return MongoChatStore.connect(database.uri());
    }

    @Test
    void embeddedStore_thatNeverAnswers_isGivenUpAfterAMinute() {
        AtomicBoolean closed = new AtomicBoolean();
        EmbeddedMongo database = EmbeddedMongo.open(folder);
        Runnable close = () -> {
            database.close();
            closed.set(true);
        };
        assertThatThrownBy(() -> Storage.embedded(() -> connect(database, Integer.MAX_VALUE), close, clock))
                .isInstanceOf(StartException.class)
                .hasMessageStartingWith("The store cannot be used: ");
        assertThat(attempts).hasValue(4);
        assertThat(closed).isTrue();
    }
}
