package io.roomcast.chat.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ConversationUpdate;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.NewConversation;
import io.roomcast.chat.model.Receipt;
import io.roomcast.chat.model.Role;
import io.roomcast.chat.spi.AppendResult;
import io.roomcast.chat.spi.ChatStore;
import io.roomcast.chat.testkit.Changes;
import io.roomcast.chat.testkit.Devices;
import io.roomcast.chat.testkit.Drafts;
import io.roomcast.chat.testkit.FaultProxy.Fault;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Writes whose connection is lost once the server has received one of their commands, and stays lost. */
class UnknownOutcomesTest extends MongoCase {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final int MAX_STEPS = 60;

    /** A group of alice and bob. */
    private record Group(String id, Message first) {}

    @FunctionalInterface
    private interface Write {
        void run(ChatStore store, Group group);
    }

    private ChatStore direct;
    private MongoProxy proxy;
    private MongoChatStore store;

    @BeforeEach
    void connectThroughProxy() {
        direct = openStore();
        proxy = new MongoProxy(server.port(), database.getName());
        store = proxy.store();
    }

    @AfterEach
    void disconnect() {
        proxy.close();
        direct.close();
    }

    static Stream<Arguments> writes() {
        return Stream.of(
                row("append", (store, group) -> send(store, group.id())),
                row("edit", (store, group) -> store.change(Changes.edit(group.first(), "alice", "other words"))),
                row(
                        "create",
                        (store, group) -> store.create(
                                NewConversation.group(group.id() + " new", "New", List.of("alice", "bob")))),
                row("update", (store, group) -> store.update(new ConversationUpdate(group.id(), "Other", null, NOON))),
                row("add members", (store, group) -> store.addMembers(group.id(), Set.of("cid", "dan"))),
                row("remove member", (store, group) -> store.removeMember(group.id(), "bob")),
                row("change role", (store, group) -> store.changeRole(group.id(), "bob", Role.ADMIN)),
                row("mark", (store, group) -> store.mark(List.of(Receipt.read(group.id(), "bob", 1, NOON)))),
                row(
                        "register device",
                        (store, group) -> store.devices().register(Devices.of("alice", group.id(), NOON), 1)),
                row(
                        "save pushes",
                        (store, group) ->
                                store.devices().savePushes(List.of(Devices.push("phone", group.id(), 1, NOON)))),
                row("trim", (store, group) -> store.trim(group.id(), 1)),
                row("delete", (store, group) -> store.delete(group.id())),
                row("erase", (store, group) -> store.eraseUser("alice")));
    }

    private static Arguments row(String name, Write write) {
        return Arguments.of(name, write);
    }

    private static void send(ChatStore store, String conversationId) {
        if (append(store, Drafts.text(conversationId, "alice", "hello")) instanceof AppendResult.Failed failed) {
            throw failed.cause();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("writes")
    void code_means_that_nothing_was_stored_only_if_nothing_was(String name, Write write) {
        List<ErrorCode> codes = new ArrayList<>();
        int step = 0;
        while (step < MAX_STEPS && fails(step, write, codes)) {
            step++;
        }
        assertThat(step).as("commands of " + name).isBetween(1, MAX_STEPS - 1);
        assertThat(codes)
                .as("some command was a write that arrived")
                .contains(ErrorCode.TIMEOUT)
                .isSubsetOf(ErrorCode.TIMEOUT, ErrorCode.STORAGE_UNAVAILABLE);
    }

    /** Runs the write in a new group. Returns false if it has no such step. */
    private boolean fails(int step, Write write, List<ErrorCode> codes) {
        Group group = newGroup("group " + step);
        List<String> before = stored();
        proxy.loseAnswerAfter(step);
        ChatException failure = catchThrowableOfType(ChatException.class, () -> write.run(store, group));
        proxy.onCommand(() -> Fault.NONE);
        if (failure == null) {
            return false;
        }
        codes.add(failure.code());
        if (failure.code() == ErrorCode.STORAGE_UNAVAILABLE) {
            assertThat(stored()).as("lost at command " + step).isEqualTo(before);
        }
        return true;
    }

    private Group newGroup(String id) {
        direct.create(NewConversation.group(id, "Group", List.of("alice", "bob")));
        Message first = storedBy(direct, Drafts.text(id, "alice", "before"));
        direct.conversation(id);
        return new Group(id, first);
    }

    /** Returns all documents, without the previews, which are written later. */
    private List<String> stored() {
        List<String> all = new ArrayList<>();
        for (String name : List.of(
                "messages",
                "changes",
                "conversations",
                "members",
                "receipts",
                "preferences",
                "followers",
                "devices",
                "pushes",
                "calls")) {
            for (Document document : database.getCollection(name).find()) {
                document.remove("last");
                all.add(name + document.toJson());
            }
        }
        return all;
    }
}
