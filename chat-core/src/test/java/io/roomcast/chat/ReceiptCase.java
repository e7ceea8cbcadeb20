package io.roomcast.chat;

import io.roomcast.chat.command.MarkRead;
import io.roomcast.chat.event.ChatEvent;
import io.roomcast.chat.fixture.ChatFixture;
import io.roomcast.chat.fixture.FailingStore;
import io.roomcast.chat.fixture.TestSession;
import io.roomcast.chat.model.NewConversation;
import io.roomcast.chat.model.NewMessage;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A chat with a group of two users, who send receipts. */
abstract class ReceiptCase {
    final FailingStore store = new FailingStore();
    final ChatFixture fixture = ChatFixture.with(builder -> builder.store(store));
    final TestSession ann = fixture.user("ann");
    final TestSession bob = fixture.user("bob");

    @BeforeEach
    void makeGroup() {
        fixture.chat().create(NewConversation.group("g", "Group", List.of("ann", "bob")));
        fixture.told().clear();
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    final void say(int count) {
        IntStream.range(0, count)
                .forEach(i ->
                        fixture.chat().send("g", NewMessage.system("hello")).join());
        fixture.told().clear();
    }

    final MarkRead.Read read(TestSession session, long upToSeq) {
        return fixture.run(session, new MarkRead("g", upToSeq)).result();
    }

    final <E extends ChatEvent> List<E> told(TestSession session, Class<E> kind) {
        return fixture.told().toldTo(session).stream()
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }
}
