package io.roomcast.chat.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.model.CatchUp;
import io.roomcast.chat.model.CatchUpQuery;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.Position;
import io.roomcast.chat.spi.ChatStore;
import io.roomcast.chat.testkit.Drafts;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Catching up on one node with what another wrote, whose previews are still on their way. */
class CatchUpTest extends MongoCase {
    private ChatStore writer;
    private ChatStore reader;

    @BeforeEach
    void openNodes() {
        writer = openStore();
        reader = openStore();
    }

    @Test
    void message_is_sent_before_its_preview() {
        Message message = storedBy(writer, Drafts.text("c", "alice", "hello"));

        assertThat(catchUp(0, 10)).isEqualTo(new CatchUp("c", List.of(message), new Position(1, 0), false, false));
    }

    @Test
    void limit_is_sent_before_any_preview() {
        writer.append(Drafts.texts("c", "alice", 5));

        assertThat(catchUp(1, 3)).returns(true, CatchUp::hasMore).returns(new Position(4, 0), CatchUp::covered);
        assertThat(catchUp(1, 4)).returns(false, CatchUp::hasMore).returns(new Position(5, 0), CatchUp::covered);
    }

    @Test
    void reader_that_has_everything_is_not_lost() {
        writer.append(Drafts.texts("c", "alice", 5));

        assertThat(catchUp(5, 3)).isEqualTo(new CatchUp("c", List.of(), new Position(5, 0), false, false));
    }

    @Test
    void reader_that_has_more_than_there_is_is_lost() {
        writer.append(Drafts.texts("c", "alice", 5));

        assertThat(catchUp(6, 3)).isEqualTo(CatchUp.lost("c", new Position(5, 0)));
    }

    @Test
    void reader_of_trimmed_messages_is_not_lost() {
        writer.append(Drafts.texts("c", "alice", 5));
        writer.trim("c", 5);

        assertThat(catchUp(5, 3)).isEqualTo(new CatchUp("c", List.of(), new Position(5, 0), false, false));
        assertThat(catchUp(1, 3)).returns(true, CatchUp::hasMore).returns(new Position(4, 0), CatchUp::covered);
    }

    private CatchUp catchUp(long afterSeq, int limit) {
        return reader.catchUp(List.of(new CatchUpQuery("c", new Position(afterSeq, 0), limit)))
                .get(0);
    }
}
