package io.roomcast.chat.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.model.CatchUpQuery;
import io.roomcast.chat.model.ConversationQuery;
import io.roomcast.chat.model.ConversationUpdate;
import io.roomcast.chat.model.FollowerState;
import io.roomcast.chat.model.HistoryQuery;
import io.roomcast.chat.model.HistoryQuery.Anchor;
import io.roomcast.chat.model.MentionCountQuery;
import io.roomcast.chat.model.MentionQuery;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.NewConversation;
import io.roomcast.chat.model.NotifyLevel;
import io.roomcast.chat.model.Position;
import io.roomcast.chat.model.Preference;
import io.roomcast.chat.model.Preferences;
import io.roomcast.chat.model.PreferencesUpdate;
import io.roomcast.chat.model.Receipt;
import io.roomcast.chat.model.ReceiptQuery;
import io.roomcast.chat.model.Role;
import io.roomcast.chat.testkit.Changes;
import io.roomcast.chat.testkit.Devices;
import io.roomcast.chat.testkit.Drafts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The number of commands of each operation, on a node that has cached the conversation. */
class CommandCountsTest extends MongoCase {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final int MANY = 200;

    private static final FollowerState FOLLOWED = FollowerState.idle("crm", "c", Position.START);

    static Stream<Arguments> operations() {
        return Stream.of(
                row("append one", 1, (store, first) -> append(store, Drafts.text("g", "alice", "x"))),
                row(
                        "conditional append",
                        1,
                        (store, first) ->
                                append(store, Drafts.text("g", "alice", "x").ifLatest(2 * MANY + 1))),
                row(
                        "refused append",
                        1,
                        (store, first) ->
                                append(store, Drafts.text("g", "alice", "x").ifLatest(1))),
                row("append many", 1, (store, first) -> store.append(Drafts.texts("g", "alice", MANY))),
                row("append to a new conversation", 3, (store, first) -> append(store, Drafts.text("n", "alice", "x"))),
                row("repeated append", 2, (store, first) -> append(store, Drafts.keyed("g", "alice", "k", "x"))),
                row("latest page", 1, (store, first) -> history(store, Anchor.LATEST)),
                row("page before", 1, (store, first) -> history(store, Anchor.BEFORE)),
                row("page after", 1, (store, first) -> history(store, Anchor.AFTER)),
                row("page around", 1, (store, first) -> history(store, Anchor.AROUND)),
                row("message", 1, (store, first) -> store.message("g", first.id())),
                row("edit", 6, (store, first) -> store.change(Changes.edit(first, "alice", "y"))),
                row("reaction", 5, (store, first) -> store.change(Changes.react(first, "bob", "x"))),
                row("deletion", 5, (store, first) -> store.change(Changes.delete(first, "alice"))),
                row("pin", 6, (store, first) -> store.change(Changes.pin(first, "alice"))),
                row("pins", 1, (store, first) -> store.pins("g")),
                row("position", 2, (store, first) -> store.position("g")),
                row("positions of many", 2, (store, first) -> store.positions(ids())),
                row(
                        "catch up of many",
                        2,
                        (store, first) -> store.catchUp(ids().stream()
                                .map(id -> new CatchUpQuery(id, Position.START, 10))
                                .toList())),
                row("conversation", 3, (store, first) -> store.conversation("g")),
                row("list", 2, (store, first) -> store.conversations(new ConversationQuery("alice", null, MANY))),
                row("create", 5, (store, first) -> store.create(NewConversation.group("h", "H", List.of("alice")))),
                row("update", 3, (store, first) -> store.update(new ConversationUpdate("g", "Other", null, NOON))),
                row("add many members", 7, (store, first) -> store.addMembers("g", users())),
                row("remove member", 2, (store, first) -> store.removeMember("g", "bob")),
                row("change role", 1, (store, first) -> store.changeRole("g", "bob", Role.ADMIN)),
                row("kinds", 1, (store, first) -> store.kinds(ids())),
                row("member", 1, (store, first) -> store.member("g", "bob")),
                row("members", 2, (store, first) -> store.members("g")),
                row("memberships of a user", 3, (store, first) -> store.membershipsOf("bob", ids())),
                row(
                        "mark many",
                        1,
                        (store, first) -> store.mark(ids().stream()
                                .map(id -> Receipt.read(id, "bob", 1, NOON))
                                .toList())),
                row("receipts", 1, (store, first) -> store.receipts(ReceiptQuery.first("g", MANY))),
                row(
                        "receipts after a user",
                        1,
                        (store, first) -> store.receipts(new ReceiptQuery("g", "member10", MANY))),
                row("receipts of many", 1, (store, first) -> store.receipts(ids(), MANY)),
                row("receipts of a user", 1, (store, first) -> store.receiptsOf("bob", ids())),
                row("mentions", 2, (store, first) -> store.mentions(new MentionQuery("alice", null, MANY))),
                row(
                        "counts of mentions in 100 conversations",
                        1,
                        (store, first) -> store.countMentions(ids().stream()
                                .limit(100)
                                .map(id -> new MentionCountQuery("bob", id, 0))
                                .toList())),
                row("change preferences", 1, (store, first) -> store.changePreferences(archiving())),
                row("preferences", 1, (store, first) -> store.preferences("bob", ids())),
                row("settings of many", 1, (store, first) -> store.settings(users())),
                row("states of a follower", 1, (store, first) -> store.followerStates("crm", ids())),
                row("new state of a follower", 1, (store, first) -> store.saveFollowerState(null, FOLLOWED)),
                row(
                        "state of a follower",
                        1,
                        (store, first) -> store.saveFollowerState(FOLLOWED, FOLLOWED.released(NOON))),
                row("due states of a follower", 1, (store, first) -> store.dueFollowerStates("crm", NOON, MANY)),
                row(
                        "register device",
                        2,
                        (store, first) -> store.devices().register(Devices.of("bob", "phone", NOON), 9)),
                row("devices of many", 1, (store, first) -> store.devices().of(users())),
                row(
                        "save many pushes",
                        1,
                        (store, first) -> store.devices()
                                .savePushes(ids().stream()
                                        .map(id -> Devices.push("phone", id, 1, NOON))
                                        .toList())),
                row("due pushes", 1, (store, first) -> store.devices().duePushes(NOON, Devices.PLATFORMS, MANY)),
                row("pushes of devices", 1, (store, first) -> store.devices().pushes(ids(), "g")),
                row(
                        "remove many pushes",
                        1,
                        (store, first) -> store.devices()
                                .removePushes(ids().stream()
                                        .map(id -> Devices.push("phone", id, 1, NOON))
                                        .toList())),
                row("position at a time", 2, (store, first) -> store.positionAt("g", NOON)),
                row("ping", 1, (store, first) -> store.ping()));
    }

    private static Arguments row(String operation, int commands, BiConsumer<MongoChatStore, Message> call) {
        return Arguments.of(operation, commands, call);
    }

    private static void history(MongoChatStore store, Anchor anchor) {
        assertThat(store.history(new HistoryQuery("g", anchor, MANY, MANY))).isNotEmpty();
    }

    private static Set<String> ids() {
        return IntStream.range(0, MANY).mapToObj(i -> "c" + i).collect(Collectors.toSet());
    }

    private static PreferencesUpdate archiving() {
        Preferences values = new Preferences(NotifyLevel.ALL, null, true, false, null, null, 0);
        return new PreferencesUpdate("bob", "g", Set.of(Preference.ARCHIVED), values, null);
    }

    private static Set<String> users() {
        return IntStream.range(0, MANY).mapToObj(i -> "user" + i).collect(Collectors.toSet());
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("operations")
    void operation_stays_within_its_commands(String operation, int expected, BiConsumer<MongoChatStore, Message> call) {
        MongoChatStore store = openStore();
        store.create(NewConversation.group("g", "Group", List.of("alice", "bob")));
        Message first = storedBy(store, Drafts.keyed("g", "alice", "k", "x"));
        store.append(Drafts.texts("g", "alice", 2 * MANY));
        store.append(ids().stream().map(id -> Drafts.text(id, "alice", "x")).toList());
        store.addMembers(
                "g", IntStream.range(0, MANY).mapToObj(i -> "member" + i).collect(Collectors.toSet()));
        store.mark(ids().stream().map(id -> Receipt.read(id, "bob", 1, NOON)).toList());
        store.conversation("g");
        commands.clear();

        call.accept(store, first);

        assertThat(commands.names()).as(operation).hasSize(expected).doesNotContain("getMore");
    }

    @Test
    void list_of_many_conversations_is_one_reply() {
        MongoChatStore store = openStore();
        for (int i = 0; i < MANY; i++) {
            store.create(NewConversation.group("g" + i, "Group", List.of("alice", "bob")));
        }
        commands.clear();

        assertThat(store.conversations(new ConversationQuery("alice", null, MANY + 1)))
                .hasSize(MANY);
        assertThat(commands.names()).containsExactly("find", "find");
    }

    @Test
    void previews_of_a_busy_chat_cost_two_commands_a_second() {
        assertThat(Previews.DELAY).isEqualTo(Duration.ofMillis(500));
        MongoChatStore store = openStore();
        store.append(ids().stream().map(id -> Drafts.text(id, "alice", "x")).toList());
        commands.clear();
        for (int i = 0; i < 50; i++) {
            store.append(ids().stream().map(id -> Drafts.text(id, "alice", "x")).toList());
        }
        store.close();

        assertThat(commands.names()).filteredOn("update"::equals).hasSize(1);
    }
}
