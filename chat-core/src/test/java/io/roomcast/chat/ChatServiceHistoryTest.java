package io.roomcast.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.command.GetMessages;
import io.roomcast.chat.fixture.ChatFixture;
import io.roomcast.chat.fixture.TestSession;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Limits;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.NewMessage;
import io.roomcast.chat.model.Position;
import io.roomcast.chat.spi.ChatStore;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChatServiceHistoryTest {
    private static final int MESSAGES = 250;

    private final ChatStore store = ChatStore.inMemory();
    private final ChatFixture fixture = ChatFixture.with(builder -> builder.store(store));
    private final TestSession ann = fixture.user("ann");

    @BeforeEach
    void send() {
        for (int i = 1; i <= MESSAGES; i++) {
            fixture.chat().send("room", NewMessage.text("bob", "message " + i)).join();
        }
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private GetMessages.Page page(Long before, Long after, Long around, Integer limit) {
        return fixture.run(ann, new GetMessages("room", before, after, around, null, limit))
                .result();
    }

    private static void assertPage(GetMessages.Page page, long first, long last, boolean hasMore) {
        List<Long> expected = LongStream.rangeClosed(first, last).boxed().toList();
        assertThat(page.messages()).extracting(Message::seq).containsExactlyElementsOf(expected);
        assertThat(page.hasMore()).isEqualTo(hasMore);
    }

    @Test
    void page_without_cursor_is_the_newest_fifty() {
        assertPage(page(null, null, null, null), 201, 250, true);
    }

    @Test
    void page_has_the_latest_seq_of_the_conversation() {
        GetMessages.Page page = page(null, null, null, 1);
        assertThat(page.position()).isEqualTo(new Position(MESSAGES, 0));
        assertThat(page.epoch()).isNotEmpty();
    }

    @Test
    void limit_is_cut_to_a_hundred() {
        assertPage(page(null, null, null, Integer.MAX_VALUE), 151, 250, true);
        assertPage(page(null, 0L, null, 101), 1, 100, true);
        assertThat(page(null, null, 125L, 1_000).messages()).hasSize(100);
    }

    @ParameterizedTest
    @CsvSource({
        "251, 50, 201, 250, true",
        "250, 1,  249, 249, true",
        "52,  50, 2,   51,  true",
        "51,  50, 1,   50,  false",
        "11,  50, 1,   10,  false",
        "1,   50, 1,   0,   false",
        "0,   50, 1,   0,   false",
        "9007199254740991, 10, 241, 250, true"
    })
    void page_before_a_seq_ends_there(long before, int limit, long first, long last, boolean hasMore) {
        assertPage(page(before, null, null, limit), first, last, hasMore);
    }

    @ParameterizedTest
    @CsvSource({
        "0,   50, 1,   50,  true",
        "199, 50, 200, 249, true",
        "200, 50, 201, 250, false",
        "249, 50, 250, 250, false",
        "250, 50, 1,   0,   false",
        "9007199254740991, 50, 1, 0, false"
    })
    void page_after_a_seq_begins_there(long after, int limit, long first, long last, boolean hasMore) {
        assertPage(page(null, after, null, limit), first, last, hasMore);
    }

    @ParameterizedTest
    @CsvSource({
        "100, 10, 95,  104, true",
        "100, 1,  100, 100, true",
        "1,   10, 1,   10,  true",
        "250, 10, 245, 250, true"
    })
    void page_around_a_seq_has_messages_on_both_sides(long around, int limit, long first, long last, boolean hasMore) {
        assertPage(page(null, null, around, limit), first, last, hasMore);
    }

    @ParameterizedTest
    @CsvSource({
        "240, 30, 231, 250, false",
        "250, 20, 240, 250, true",
        "231, 10, 231, 235, true",
        "231, 100, 231, 250, false",
        "230, 2, 231, 230, true",
        "100, 10, 1, 0, true"
    })
    void page_around_a_seq_after_a_trim_has_more_only_where_messages_exist(
            long around, int limit, long first, long last, boolean hasMore) {
        store.trim("room", 230);
        assertPage(page(null, null, around, limit), first, last, hasMore);
    }

    @Test
    void page_around_that_holds_everything_has_no_more() {
        fixture.chat().send("short", NewMessage.text("bob", "only one")).join();
        GetMessages.Page page =
                fixture.run(ann, GetMessages.around("short", 1).withLimit(10)).result();
        assertPage(page, 1, 1, false);
    }

    @Test
    void pages_one_after_the_other_are_the_whole_conversation() {
        long next = 0;
        boolean hasMore = true;
        while (hasMore) {
            GetMessages.Page page = page(null, next, null, 99);
            assertThat(page.messages().get(0).seq()).isEqualTo(next + 1);
            next += page.messages().size();
            hasMore = page.hasMore();
        }
        assertThat(next).isEqualTo(MESSAGES);
    }

    @Test
    void unknown_conversation_is_empty() {
        GetMessages.Page page = fixture.latest(ann, "nowhere").result();
        assertThat(page.messages()).isEmpty();
        assertThat(page.hasMore()).isFalse();
        assertThat(page.position()).isEqualTo(Position.START);
    }

    @Test
    void reading_brings_no_conversation_into_being() {
        fixture.latest(ann, "nowhere").result();
        assertThat(fixture.chat().conversation("nowhere")).isEmpty();
    }

    @Test
    void senseless_cursor_is_refused_with_its_name() {
        ChatException refusal = fixture.run(ann, GetMessages.before("room", -1)).refusal();
        assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_CURSOR);
        assertThat(refusal.field()).contains("before");
    }

    @Test
    void host_may_set_the_size_of_pages() {
        Limits small = Limits.builder().historyPage(2).historyPageMax(3).build();
        try (ChatFixture limited = ChatFixture.with(builder -> builder.limits(small))) {
            for (int i = 0; i < 5; i++) {
                limited.chat().send("room", NewMessage.text("bob", "hi")).join();
            }
            TestSession reader = limited.user("ann");
            assertPage(limited.latest(reader, "room").result(), 4, 5, true);
            assertPage(
                    limited.run(reader, GetMessages.latest("room").withLimit(9)).result(), 3, 5, true);
        }
    }
}
