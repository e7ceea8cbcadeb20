package io.roomcast.chat.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.model.CatchUp;
import io.roomcast.chat.model.CatchUpQuery;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.Position;
import io.roomcast.chat.spi.ChatStore;
import java.util.List;
import java.util.TreeMap;

/** What a client knows of one conversation that it learns by catching up only. For one thread at a time. */
final class Replica {
    private final TreeMap<Long, Message> messages = new TreeMap<>();
    private final String conversationId;
    private ChatStore store;
    private Position position = Position.START;

    Replica(ChatStore store, String conversationId) {
        this.store = store;
        this.conversationId = conversationId;
    }

    /** Continues with another store over the same database. */
    Replica continuedOn(ChatStore other) {
        store = other;
        return this;
    }

    /** Catches up as far as there is something. */
    Replica catchUp(int limit) {
        while (readPage(limit)) {
            assertThat(position.seq() + position.version())
                    .as("an end of what there is to catch up")
                    .isLessThan(StoreCase.ALL);
        }
        return this;
    }

    /** Reads one page; true if there is more. */
    boolean readPage(int limit) {
        CatchUp page = store.catchUp(List.of(new CatchUpQuery(conversationId, position, limit)))
                .get(0);
        checkPage(page, limit);
        page.messages().forEach(message -> messages.merge(message.seq(), message, Replica::newer));
        position = page.covered();
        return page.hasMore();
    }

    private void checkPage(CatchUp page, int limit) {
        List<Long> seqs = StoreCase.seqs(page.messages());
        assertThat(page.lost()).as("lost").isFalse();
        assertThat(seqs)
                .isSorted()
                .doesNotHaveDuplicates()
                .allMatch(seq -> seq <= page.covered().seq());
        assertThat(seqs.stream().filter(seq -> seq > position.seq()))
                .as("new messages of a page")
                .hasSizeLessThanOrEqualTo(limit);
        assertThat(page.covered().seq()).isGreaterThanOrEqualTo(position.seq());
        assertThat(page.covered().version()).isGreaterThanOrEqualTo(position.version());
        assertThat(!page.hasMore() || !page.covered().equals(position))
                .as("a page that is not the last one leads on")
                .isTrue();
    }

    private static Message newer(Message known, Message told) {
        return told.version() >= known.version() ? told : known;
    }

    Position position() {
        return position;
    }

    List<Message> messages() {
        return List.copyOf(messages.values());
    }
}
