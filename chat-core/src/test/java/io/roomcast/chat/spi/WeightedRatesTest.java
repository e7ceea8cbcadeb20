package io.roomcast.chat.spi;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.command.AddMembers;
import io.roomcast.chat.command.Command;
import io.roomcast.chat.command.CreateConversation;
import io.roomcast.chat.command.JoinRoom;
import io.roomcast.chat.command.MarkDelivered;
import io.roomcast.chat.fixture.SampleCommands;
import io.roomcast.chat.model.Attachment;
import io.roomcast.chat.model.ConversationKind;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class WeightedRatesTest {
    private static final String LOOKUP = "costs no other user anything";

    private static final Map<String, String> WITHOUT_WEIGHT = Map.of(
            "GetUsers.userIds",
            LOOKUP,
            "GetPresence.userIds",
            LOOKUP,
            "SubscribePresence.userIds",
            LOOKUP,
            "UnsubscribePresence.userIds",
            LOOKUP,
            "JoinRooms.rooms",
            "each room takes a permit of its own",
            "SendMessage.attachments",
            "they are at most ten parts of one document",
            "SendEvent.toUserIds",
            "it costs less than an event to the whole room",
            "SendMessage.mentions",
            "the message is sent once for all of them");

    private static final List<List<?>> THREE = List.of(
            List.of("ann", "bob", "cid"),
            List.of(JoinRoom.of("a"), JoinRoom.of("b"), JoinRoom.of("c")),
            List.of(new MarkDelivered.Item("a", 1), new MarkDelivered.Item("b", 1), new MarkDelivered.Item("c", 1)),
            List.of(attachment("/a"), attachment("/b"), attachment("/c")));

    private final AtomicLong now = new AtomicLong();
    private final TokenBuckets buckets = new TokenBuckets(now::get);

    private static Attachment attachment(String fileUrl) {
        return new Attachment(fileUrl, null, null, null);
    }

    private static Command<?> group(int members) {
        return new CreateConversation(null, ConversationKind.GROUP, null, users(members), null);
    }

    private static Command<?> adding(int members) {
        return new AddMembers("g", users(members));
    }

    private static Command<?> delivered(int conversations) {
        return new MarkDelivered(IntStream.range(0, conversations)
                .mapToObj(i -> new MarkDelivered.Item("c" + i, 1))
                .toList());
    }

    private static List<String> users(int count) {
        return IntStream.range(0, count).mapToObj(i -> "u" + i).toList();
    }

    private boolean may(Command<?> command) {
        return buckets.acquire("ann", command).isZero();
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }

    static Stream<Arguments> floods() {
        return Stream.of(
                Arguments.of("groups of a thousand", group(1_000), 1),
                Arguments.of("additions of a thousand", adding(1_000), 1),
                Arguments.of("groups of a hundred", group(100), 12),
                Arguments.of("receipts of a hundred", delivered(100), 4));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("floods")
    void six_seconds_of_asking_as_often_as_one_can_get_no_further(String name, Command<?> command, int most) {
        int done = 0;
        for (int i = 0; i < 600; i++) {
            done += may(command) ? 1 : 0;
            pass(Duration.ofMillis(10));
        }
        assertThat(done).isEqualTo(most);
    }

    static Stream<Arguments> ordinaryUse() {
        return Stream.of(
                Arguments.of("forty groups of twenty", group(20), 40),
                Arguments.of("one group of a thousand", group(1_000), 1),
                Arguments.of("two hundred rooms marked on coming back", delivered(100), 2),
                Arguments.of("ten receipts", delivered(1), 10),
                Arguments.of("forty direct conversations", group(1), 40));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ordinaryUse")
    void ordinary_use_is_not_refused(String name, Command<?> command, int times) {
        assertThat(IntStream.range(0, times)).allMatch(i -> may(command));
    }

    @Test
    void wait_is_long_enough_for_all_that_is_asked_at_once() {
        assertThat(may(group(1_000))).isTrue();
        Duration wait = buckets.acquire("ann", group(100));
        assertThat(wait).isEqualTo(Duration.ofSeconds(2));
        pass(wait.minusNanos(1));
        assertThat(may(group(100))).isFalse();
        pass(Duration.ofNanos(1));
        assertThat(may(group(100))).isTrue();
    }

    @Test
    void more_than_a_bucket_holds_takes_a_full_one() {
        assertThat(may(group(5_000))).isTrue();
        assertThat(may(group(1))).isFalse();
        pass(Duration.ofSeconds(20));
        assertThat(may(group(5_000))).isTrue();
    }

    @Test
    void caller_who_is_forgotten_begins_anew() {
        assertThat(may(group(1_000))).isTrue();
        buckets.forget("ann");
        assertThat(may(group(1_000))).isTrue();
    }

    static Stream<Arguments> lists() {
        return SampleCommands.types()
                .flatMap(type -> Arrays.stream(type.getRecordComponents())
                        .filter(component -> component.getType() == List.class)
                        .map(component -> Arguments.of(type, component)));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("lists")
    void command_weighs_as_much_as_its_list_has_elements(Class<?> type, RecordComponent list) {
        String name = type.getSimpleName() + "." + list.getName();
        Command<?> command = SampleCommands.with(type, list.getName(), three(list));
        assertThat(WITHOUT_WEIGHT.containsKey(name) != (command.weight() == 3))
                .as("%s counts as weight, or there is a reason here why it does not", name)
                .isTrue();
        assertThat(command.weightRate().isPresent())
                .as("a rate limits the weight of %s", type.getSimpleName())
                .isEqualTo(command.weight() > 1);
    }

    private static List<?> three(RecordComponent list) {
        String element = list.getGenericType().getTypeName().replaceAll(".*<(.*)>", "$1");
        return THREE.stream()
                .filter(elements -> elements.get(0).getClass().getTypeName().equals(element))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no sample of " + element));
    }
}
