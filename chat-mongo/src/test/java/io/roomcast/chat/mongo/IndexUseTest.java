package io.roomcast.chat.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.model.Call;
import io.roomcast.chat.model.CallMedia;
import io.roomcast.chat.model.CatchUpQuery;
import io.roomcast.chat.model.ConversationQuery;
import io.roomcast.chat.model.ConversationQuery.Cursor;
import io.roomcast.chat.model.ConversationUpdate;
import io.roomcast.chat.model.FollowerState;
import io.roomcast.chat.model.HistoryQuery;
import io.roomcast.chat.model.HistoryQuery.Anchor;
import io.roomcast.chat.model.MentionCountQuery;
import io.roomcast.chat.model.MentionQuery;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.NewConversation;
import io.roomcast.chat.model.Position;
import io.roomcast.chat.model.Preference;
import io.roomcast.chat.model.PreferencesUpdate;
import io.roomcast.chat.model.Receipt;
import io.roomcast.chat.model.ReceiptQuery;
import io.roomcast.chat.model.Role;
import io.roomcast.chat.testkit.Changes;
import io.roomcast.chat.testkit.Devices;
import io.roomcast.chat.testkit.Drafts;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The indexes that each operation uses. No operation reads a whole collection. */
class IndexUseTest extends MongoCase {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private static final FollowerState FOLLOWED = FollowerState.idle("crm", "c", Position.START);

    static Stream<Arguments> operations() {
        return Stream.of(
                row("append", (store, first) -> append(store, Drafts.text("c", "alice", "x")), "none"),
                row(
                        "append, cold",
                        (store, first) -> append(store, Drafts.text("new", "alice", "x")),
                        "conversations._id"),
                row(
                        "append, repeated",
                        (store, first) -> append(store, Drafts.keyed("c", "alice", "k", "x")),
                        "messages.conv_sender_key"),
                row("history, latest", (store, first) -> history(store, Anchor.LATEST), "messages.conv_seq"),
                row("history, before", (store, first) -> history(store, Anchor.BEFORE), "messages.conv_seq"),
                row("history, after", (store, first) -> history(store, Anchor.AFTER), "messages.conv_seq"),
                row("history, around", (store, first) -> history(store, Anchor.AROUND), "messages.conv_seq"),
                row("message", (store, first) -> store.message("c", first.id()), "messages._id"),
                row(
                        "change",
                        (store, first) -> store.change(Changes.edit(first, "alice", "y")),
                        "changes.conv_version, conversations._id, messages._id, messages.conv_seq"),
                row(
                        "pin",
                        (store, first) -> store.change(Changes.pin(first, "alice")),
                        "changes.conv_version, conversations._id, messages._id, messages.conv_seq"),
                row(
                        "pins",
                        IndexUseTest::pins,
                        "changes.conv_version, conversations._id, messages._id, messages.conv_seq"),
                row("position", (store, first) -> store.position("c"), "conversations._id, messages.conv_seq"),
                row(
                        "positions",
                        (store, first) -> store.positions(List.of("c", "g")),
                        "conversations._id, messages.conv_seq"),
                row(
                        "catch up",
                        (store, first) -> store.catchUp(List.of(
                                new CatchUpQuery("c", Position.START, 10),
                                new CatchUpQuery("g", new Position(7, 0), 10))),
                        "changes.conv_version, conversations._id, messages.conv_seq"),
                row("trim", (store, first) -> store.trim("c", 1), "conversations._id, messages.conv_seq"),
                row(
                        "conversation",
                        (store, first) -> store.conversation("g"),
                        "conversations._id, members.conv_user, messages.conv_seq"),
                row(
                        "conversations",
                        (store, first) -> store.conversations(new ConversationQuery("alice", new Cursor(NOON, "c"), 9)),
                        "conversations._id, members.user_conv"),
                row(
                        "create",
                        (store, first) -> store.create(NewConversation.group("h", "Group", List.of("alice", "bob"))),
                        "conversations._id, members.conv_user, messages.conv_seq"),
                row(
                        "update",
                        (store, first) -> store.update(new ConversationUpdate("g", "Other", null, NOON)),
                        "conversations._id, members.conv_user, messages.conv_seq"),
                row(
                        "add members",
                        (store, first) -> store.addMembers("g", Set.of("carol")),
                        "conversations._id, members.user_conv, messages.conv_seq, preferences.user_conv,"
                                + " receipts.conv_user"),
                row(
                        "remove member",
                        (store, first) -> store.removeMember("g", "bob"),
                        "conversations._id, members.user_conv"),
                row("change role", (store, first) -> store.changeRole("g", "bob", Role.ADMIN), "members.user_conv"),
                row(
                        "memberships of a user",
                        (store, first) -> store.membershipsOf("bob", List.of("c", "g")),
                        "conversations._id, members.user_conv"),
                row("members", (store, first) -> store.members("g"), "conversations._id, members.conv_user"),
                row("kinds", (store, first) -> store.kinds(List.of("c", "g")), "conversations._id"),
                row("member", (store, first) -> store.member("g", "bob"), "members.user_conv"),
                row(
                        "mark",
                        (store, first) -> store.mark(List.of(Receipt.read("c", "bob", 1, NOON))),
                        "receipts.conv_user"),
                row("receipts", (store, first) -> store.receipts(ReceiptQuery.first("c", 1)), "receipts.conv_user"),
                row(
                        "receipts after a user",
                        (store, first) -> store.receipts(new ReceiptQuery("c", "al", 1)),
                        "receipts.conv_user"),
                row(
                        "receipts of several",
                        (store, first) -> store.receipts(List.of("c", "g"), 1),
                        "receipts.conv_user"),
                row(
                        "receipts of a user",
                        (store, first) -> store.receiptsOf("bob", List.of("c", "g")),
                        "receipts.conv_user"),
                row(
                        "mentions",
                        (store, first) -> store.mentions(new MentionQuery("alice", MentionQuery.Cursor.of(first), 9)),
                        "members.user_conv, messages.mention_conv_seq"),
                row(
                        "count of mentions",
                        (store, first) -> store.countMentions(
                                List.of(new MentionCountQuery("alice", "c", 1), new MentionCountQuery("bob", "g", 0))),
                        "messages.mention_conv_seq"),
                row(
                        "preferences",
                        (store, first) -> store.preferences("alice", List.of("c", "g")),
                        "preferences.user_conv"),
                row(
                        "change of preferences",
                        (store, first) ->
                                store.changePreferences(PreferencesUpdate.clearing("alice", "g", Preference.ARCHIVED)),
                        "preferences.user_conv"),
                row("settings", (store, first) -> store.settings(List.of("alice", "bob")), "preferences.user_conv"),
                row(
                        "states of followers",
                        (store, first) -> store.followerStates("crm", List.of("c", "g")),
                        "followers.conv_follower"),
                row(
                        "new state of a follower",
                        (store, first) -> store.saveFollowerState(null, FOLLOWED),
                        "followers.conv_follower"),
                row(
                        "state of a follower",
                        (store, first) -> store.saveFollowerState(FOLLOWED, FOLLOWED.released(NOON)),
                        "followers.conv_follower"),
                row(
                        "due states of a follower",
                        (store, first) -> store.dueFollowerStates("crm", NOON, 9),
                        "followers.follower_due"),
                row("new call", (store, first) -> store.calls().start(CALL, NOON), "none"),
                row("call", (store, first) -> store.calls().find("call"), "calls.call"),
                row("calls in conversations", (store, first) -> store.calls().in(List.of("c", "g")), "calls._id"),
                row("calls of users", (store, first) -> store.calls().of(List.of("alice", "bob")), "calls.user"),
                row("due calls", (store, first) -> store.calls().due(NOON, 9), "calls.due"),
                row("changed call", (store, first) -> store.calls().update(CALL.renaming("x", "y"), NOON), "calls._id"),
                row(
                        "register device",
                        (store, first) -> store.devices().register(Devices.of("alice", "phone", NOON), 1),
                        "devices._id, devices.user"),
                row("devices", (store, first) -> store.devices().of(List.of("alice", "bob")), "devices.user"),
                row(
                        "remove device of a user",
                        (store, first) -> store.devices().remove("alice", List.of("phone")),
                        "devices._id"),
                row(
                        "remove device",
                        (store, first) -> store.devices().remove(Devices.of("alice", "phone", NOON)),
                        "devices._id"),
                row(
                        "refused device",
                        (store, first) -> store.devices().updateRefusals(Devices.of("alice", "phone", NOON)),
                        "devices._id"),
                row(
                        "remove devices",
                        (store, first) -> store.devices().removeAll("alice"),
                        "devices.user, pushes.user"),
                row(
                        "save pushes",
                        (store, first) -> store.devices().savePushes(List.of(Devices.push("phone", "c", 1, NOON))),
                        "pushes._id"),
                row(
                        "due pushes",
                        (store, first) -> store.devices().duePushes(NOON, Devices.PLATFORMS, 9),
                        "pushes.due"),
                row(
                        "pushes of devices",
                        (store, first) -> store.devices().pushes(List.of("phone", "laptop"), "c"),
                        "pushes._id"),
                row(
                        "replace push",
                        (store, first) -> store.devices()
                                .replacePush(Devices.push("phone", "c", 1, NOON), Devices.push("phone", "c", 2, NOON)),
                        "pushes._id"),
                row(
                        "remove pushes",
                        (store, first) -> store.devices().removePushes(List.of(Devices.push("phone", "c", 1, NOON))),
                        "pushes._id"),
                row(
                        "active conversations",
                        (store, first) -> store.activeConversations(NOON, id -> {}),
                        "changes._id, messages._id"),
                row(
                        "position at a time",
                        (store, first) -> store.positionAt("c", NOON),
                        "changes.conv_version, messages.conv_seq"),
                row(
                        "erase",
                        (store, first) -> store.eraseUser("alice"),
                        "calls.user, changes._id, changes.user, conversations._id, conversations.founder,"
                                + " conversations.last_sender, devices.user, members._id, members.user_conv, messages._id,"
                                + " messages.deleter, messages.mention_conv_seq, messages.pinner, messages.reactor,"
                                + " messages.sender, preferences.user_conv,"
                                + " pushes.user, receipts._id, receipts.user"));
    }

    private static final Call CALL = new Call(
            "call",
            "g",
            false,
            CallMedia.AUDIO,
            "alice",
            NOON,
            NOON,
            null,
            null,
            null,
            null,
            NOON,
            false,
            1,
            List.of("alice"),
            List.of(),
            List.of(),
            1);

    private static Arguments row(String operation, BiConsumer<MongoChatStore, Message> call, String indexes) {
        return Arguments.of(operation, call, indexes);
    }

    private static void pins(MongoChatStore store, Message first) {
        store.change(Changes.pin(first, "alice"));
        assertThat(store.pins("c")).hasSize(1);
    }

    private static void history(MongoChatStore store, Anchor anchor) {
        store.history(new HistoryQuery("c", anchor, 1, 10));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("operations")
    void commands_are_served_by_indexes(String operation, BiConsumer<MongoChatStore, Message> call, String indexes) {
        MongoChatStore store = openStore();
        store.create(NewConversation.group("g", "Group", List.of("alice", "bob")));
        Message first = storedBy(store, Drafts.keyed("c", "alice", "k", "x"));
        store.change(Changes.react(first, "alice", "+"));
        store.mark(List.of(Receipt.read("c", "alice", 1, NOON)));
        store.conversation("c");
        commands.clear();

        call.accept(store, first);

        Set<String> expected = new TreeSet<>(Arrays.asList(indexes.split(", ")));
        expected.remove("none");
        assertThat(IndexUse.of(commands.all())).as(operation).containsExactlyElementsOf(expected);
    }
}
