package io.roomcast.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.command.Command;
import io.roomcast.chat.command.GetConversations;
import io.roomcast.chat.command.GetMessages;
import io.roomcast.chat.command.GetPresence;
import io.roomcast.chat.command.GetReceipts;
import io.roomcast.chat.command.JoinRoom;
import io.roomcast.chat.command.JoinRooms;
import io.roomcast.chat.command.MarkDelivered;
import io.roomcast.chat.command.StartViewing;
import io.roomcast.chat.command.SubscribePresence;
import io.roomcast.chat.command.SyncRoom;
import io.roomcast.chat.command.UpdateConversation;
import io.roomcast.chat.event.ChatEvent;
import io.roomcast.chat.fixture.ChatFixture;
import io.roomcast.chat.fixture.TestSession;
import io.roomcast.chat.model.FixedLimits;
import io.roomcast.chat.model.Limits;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.NewConversation;
import io.roomcast.chat.model.Position;
import io.roomcast.chat.model.Receipt;
import io.roomcast.chat.model.ReceiptPage;
import io.roomcast.chat.model.Resume;
import io.roomcast.chat.spi.AppendResult;
import io.roomcast.chat.spi.ChatStore;
import io.roomcast.chat.spi.RateLimiter;
import io.roomcast.chat.testkit.Changes;
import io.roomcast.chat.testkit.Drafts;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The largest list in each answer, in a group of 10,000 members with receipts, of a user with many conversations. */
class BoundedAnswersTest {
    private static final int MEMBERS = 10_000;
    private static final int MESSAGES = 1_000;
    private static final int CONVERSATIONS = 300;
    private static final int VIEWERS = 300;
    private static final int RECEIPTS = 2 * GetReceipts.MAX_USERS;
    private static final Instant T = Instant.parse("2026-03-01T12:00:00Z");
    private static final ChatStore STORE = ChatStore.inMemory();

    private static ChatFixture chat;
    private static TestSession ann;

    @BeforeAll
    static void fill() {
        chat = ChatFixture.with(builder -> builder.store(STORE)
                .rateLimiter(RateLimiter.none())
                .limits(Limits.builder().members(MEMBERS).build()));
        List<String> userIds = users(MEMBERS);
        STORE.create(NewConversation.group("g", "Group", userIds));
        STORE.append(Drafts.texts("g", userIds.get(0), MESSAGES - 1));
        Message last = ((AppendResult.Stored) STORE.append(List.of(Drafts.text("g", userIds.get(0), "last")))
                        .get(0))
                .message();
        users(FixedLimits.REACTIONS).forEach(userId -> STORE.change(Changes.react(last, userId, "+")));
        STORE.mark(
                userIds.stream().map(userId -> Receipt.read("g", userId, 1, T)).toList());
        IntStream.range(0, CONVERSATIONS)
                .forEach(i -> STORE.create(NewConversation.group("g" + i, "Group", userIds.subList(0, 2))));
        users(VIEWERS).forEach(userId -> chat.run(chat.userIn("g", userId), StartViewing.of("g")));
        ann = chat.user(userIds.get(0));
    }

    private static List<String> users(int count) {
        return IntStream.range(0, count).mapToObj("user%05d"::formatted).toList();
    }

    @AfterAll
    static void close() {
        chat.close();
    }

    static Stream<Arguments> commands() {
        Position head = new Position(MESSAGES, FixedLimits.REACTIONS);
        Limits limits = Limits.defaults();
        return Stream.of(
                Arguments.of(new GetReceipts("g"), RECEIPTS),
                Arguments.of(new GetReceipts("g").withLimit(Integer.MAX_VALUE), RECEIPTS),
                Arguments.of(GetReceipts.after("g", "user05000"), RECEIPTS),
                Arguments.of(SyncRoom.of("g", head, STORE.epoch()), RECEIPTS),
                Arguments.of(SyncRoom.of("g", Position.START, STORE.epoch()), limits.syncPage()),
                Arguments.of(SyncRoom.of("g", Position.START, STORE.epoch()).withLimit(9_999_999), limits.syncPage()),
                Arguments.of(GetMessages.latest("g"), FixedLimits.REACTIONS),
                Arguments.of(GetMessages.latest("g").withLimit(Integer.MAX_VALUE), FixedLimits.REACTIONS),
                Arguments.of(JoinRoom.after("g", Position.START), limits.syncPage()),
                Arguments.of(JoinRoom.after("g", head), 0),
                Arguments.of(new JoinRooms(List.of(JoinRoom.after("g", Position.START))), limits.syncPage()),
                Arguments.of(GetConversations.first().withLimit(Integer.MAX_VALUE), GetConversations.MAX_LIMIT),
                Arguments.of(new GetPresence(users(GetPresence.MAX_USERS)), GetPresence.MAX_USERS),
                Arguments.of(new SubscribePresence(users(GetPresence.MAX_USERS)), GetPresence.MAX_USERS),
                Arguments.of(StartViewing.of("g"), 200),
                Arguments.of(
                        new MarkDelivered(IntStream.range(0, MarkDelivered.MAX_ITEMS)
                                .mapToObj(i -> new MarkDelivered.Item("g" + i, 0))
                                .toList()),
                        MarkDelivered.MAX_ITEMS),
                // The host's own limit of members bounds the list of members.
                Arguments.of(new UpdateConversation("g", "Other", null), MEMBERS));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("commands")
    void answer_has_no_longer_list_than(Command<?> command, int longest) {
        chat.told().clear();
        assertThat(longestList(chat.run(ann, command).result())).isLessThanOrEqualTo(longest);
        assertThat(chat.told().toldTo(ann))
                .allSatisfy(event -> assertThat(longestList(event)).isLessThanOrEqualTo(longest));
    }

    @Test
    void resumed_session_receives_the_first_page_of_receipts() {
        TestSession resumed = chat.user("user00001");
        Position head = new Position(MESSAGES, FixedLimits.REACTIONS);
        chat.engine().resume(resumed, new Resume(STORE.epoch(), Map.of("g", head)));
        List<ChatEvent> told = chat.told().toldTo(resumed);
        assertThat(told).isNotEmpty();
        assertThat(told.stream().mapToInt(BoundedAnswersTest::longestList).max())
                .hasValue(RECEIPTS);
    }

    @Test
    void pages_have_the_receipts_of_all_members() {
        List<String> found = new ArrayList<>();
        String after = null;
        do {
            ReceiptPage page =
                    chat.run(ann, new GetReceipts("g", after, 3_333)).result().page();
            page.receipts().stream().map(Receipt::userId).distinct().forEach(found::add);
            after = page.next();
        } while (after != null);
        assertThat(found).isEqualTo(users(MEMBERS));
    }

    private static int longestList(@Nullable Object value) {
        if (value instanceof Collection<?> list) {
            return Math.max(
                    list.size(),
                    list.stream()
                            .mapToInt(BoundedAnswersTest::longestList)
                            .max()
                            .orElse(0));
        }
        if (value instanceof Map<?, ?> map) {
            return longestList(map.values());
        }
        return value instanceof Record record
                ? Arrays.stream(record.getClass().getRecordComponents())
                        .mapToInt(component -> longestList(valueOf(component, record)))
                        .max()
                        .orElse(0)
                : 0;
    }

    private static @Nullable Object valueOf(RecordComponent component, Record record) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException failure) {
            throw new AssertionError(failure);
        }
    }
}
