package io.roomcast.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.command.AddMembers;
import io.roomcast.chat.command.AddReaction;
import io.roomcast.chat.command.ChangeRole;
import io.roomcast.chat.command.Command;
import io.roomcast.chat.command.DeleteConversation;
import io.roomcast.chat.command.DeleteMessage;
import io.roomcast.chat.command.EditMessage;
import io.roomcast.chat.command.GetConversation;
import io.roomcast.chat.command.JoinRoom;
import io.roomcast.chat.command.PinMessage;
import io.roomcast.chat.command.SendEvent;
import io.roomcast.chat.command.SendMessage;
import io.roomcast.chat.command.StartCall;
import io.roomcast.chat.command.StartTyping;
import io.roomcast.chat.command.UpdateConversation;
import io.roomcast.chat.fixture.Answer;
import io.roomcast.chat.fixture.ChatFixture;
import io.roomcast.chat.fixture.TestSession;
import io.roomcast.chat.model.Action;
import io.roomcast.chat.model.Attachment;
import io.roomcast.chat.model.CallMedia;
import io.roomcast.chat.model.ConversationKind;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.MessageType;
import io.roomcast.chat.model.NewConversation;
import io.roomcast.chat.model.NewMessage;
import io.roomcast.chat.model.Permission;
import io.roomcast.chat.model.Permissions;
import io.roomcast.chat.model.Role;
import io.roomcast.chat.spi.AccessPolicy;
import io.roomcast.chat.spi.CallOptions;
import io.roomcast.chat.spi.IceServers;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a user may do, as {@code getConversation} says, is what the user is not refused. */
class PermissionMatrixTest {
    private static final AccessPolicy ALL = (request, membership) -> true;

    /** A user in a conversation. Without a role a guest, and without a name an anonymous client. */
    private record Actor(ConversationKind kind, @Nullable Role role, boolean isNamed) {
        @Override
        public String toString() {
            return kind + " " + (isNamed ? role == null ? "guest" : role : "anonymous");
        }
    }

    private static Stream<Actor> actors() {
        List<Actor> all = new ArrayList<>();
        for (ConversationKind kind : ConversationKind.values()) {
            Stream.of(Role.values())
                    .filter(role -> kind != ConversationKind.DIRECT || role == Role.MEMBER)
                    .forEach(role -> all.add(new Actor(kind, role, true)));
            all.add(new Actor(kind, null, true));
            all.add(new Actor(kind, null, false));
        }
        return all.stream();
    }

    private static Stream<Permissions> tables() {
        Permissions everything = Permissions.defaults().grantGuests(Permission.values());
        Permissions nothing = Permissions.defaults().revokeGuests(Permission.values());
        for (Role role : Role.values()) {
            everything = everything.grant(role, Permission.values());
            nothing = nothing.revoke(role, Permission.values());
        }
        return Stream.of(
                Permissions.defaults(),
                everything,
                nothing,
                nothing.grant(Role.MEMBER, Permission.DELETE_ANY, Permission.MEMBERS)
                        .grantGuests(Permission.SEND_FILE, Permission.MANAGE)
                        .grant(Role.ADMIN, Permission.ROLES, Permission.TYPE),
                everything
                        .revoke(Role.OWNER, Permission.SEND, Permission.DELETE_CONVERSATION)
                        .revokeGuests(Permission.DELETE_OWN, Permission.REACT));
    }

    private static Stream<AccessPolicy> policies() {
        return Stream.concat(
                Stream.of(ALL),
                Stream.of(
                                Action.SEND,
                                Action.REACT,
                                Action.TYPE,
                                Action.SEND_EVENT,
                                Action.EDIT,
                                Action.CALL,
                                Action.MANAGE)
                        .map(refused -> (request, membership) -> request.action() != refused));
    }

    static Stream<Arguments> cases() {
        return actors().flatMap(actor -> Stream.concat(
                tables().map(table -> Arguments.of(actor, table, ALL)),
                policies().map(policy -> Arguments.of(actor, Permissions.defaults(), policy))));
    }

    @ParameterizedTest(name = "{index}: {0}")
    @MethodSource("cases")
    void user_may_do_what_is_not_refused(Actor actor, Permissions permissions, AccessPolicy policy) {
        try (Trial trial = new Trial(actor, permissions, policy)) {
            List<Permission> may = trial.may();
            for (Permission permission : Permission.values()) {
                assertThat(trial.isPermitted(permission)).as(permission.name()).isEqualTo(may.contains(permission));
            }
        }
    }

    /** A conversation with the actor and with others. */
    private static final class Trial implements AutoCloseable {
        private final Actor actor;
        private final ChatFixture fixture;
        private final String id;
        private final TestSession session;

        private Trial(Actor actor, Permissions permissions, AccessPolicy policy) {
            this.actor = actor;
            fixture = ChatFixture.with(builder ->
                    builder.accessPolicy(policy).permissions(permissions).calls(CallOptions.of(IceServers.none())));
            NewConversation wanted = switch (actor.kind()) {
                case DIRECT -> NewConversation.direct(actor.role() == null ? "ann" : "me", "low");
                case GROUP -> NewConversation.group("g", "Group", List.of("ann", "low"));
                case OPEN -> NewConversation.open("o");
            };
            id = wanted.conversationId();
            fixture.chat().create(wanted);
            addMembers();
            session = actor.isNamed() ? fixture.user("me") : fixture.anonymous();
        }

        private void addMembers() {
            if (actor.kind() == ConversationKind.OPEN) {
                fixture.chat().addMembers(id, Set.of("ann", "low"));
            }
            if (actor.kind() != ConversationKind.DIRECT && actor.role() != null) {
                fixture.chat().addMembers(id, Set.of("me"));
                fixture.chat().changeRole(id, "me", actor.role());
            }
        }

        private List<Permission> may() {
            return fixture.run(session, new GetConversation(id)).result().may();
        }

        private boolean isPermitted(Permission permission) {
            Answer<?> answer = fixture.run(session, attempt(permission));
            if (answer.isRefused()) {
                assertThat(answer.code()).isIn(ErrorCode.FORBIDDEN, ErrorCode.UNAUTHENTICATED);
            }
            return !answer.isRefused();
        }

        private Command<?> attempt(Permission permission) {
            return switch (permission) {
                case SEND -> send(MessageType.TEXT, null);
                case SEND_FILE -> send(MessageType.FILE, new Attachment("/a.pdf", null, null, null));
                case MENTION_ALL ->
                    new SendMessage(
                            id,
                            "me",
                            MessageType.TEXT,
                            "hello",
                            List.of(),
                            null,
                            null,
                            List.of("@all"),
                            null,
                            null,
                            null,
                            null);
                case REACT -> new AddReaction(id, message("low"), "+");
                case TYPE -> new StartTyping(id, "me");
                case SEND_EVENT -> new SendEvent(id, "me", "cursor", null, List.of());
                case EDIT_OWN -> EditMessage.of(id, message("me"), "other words");
                case DELETE_OWN -> new DeleteMessage(id, message("me"));
                case CALL -> call();
                case PIN -> new PinMessage(id, message("low"));
                case DELETE_ANY -> new DeleteMessage(id, message("low"));
                case MANAGE -> UpdateConversation.title(id, "Other");
                case MEMBERS -> new AddMembers(id, List.of("zed"));
                case DELETE_CONVERSATION -> new DeleteConversation(id);
                case ROLES -> new ChangeRole(id, actor.role() == Role.MEMBER ? "me" : "low", Role.MEMBER);
            };
        }

        /** In an open conversation only those in the room call. */
        private StartCall call() {
            boolean unused = fixture.run(session, JoinRoom.of(id)).isRefused();
            return new StartCall(id, CallMedia.AUDIO);
        }

        private SendMessage send(MessageType type, @Nullable Attachment attachment) {
            return SendMessage.of(id, "me", type, "hello", attachment, null);
        }

        private String message(String senderId) {
            return fixture.chat()
                    .send(id, NewMessage.text(senderId, "hello"))
                    .join()
                    .id();
        }

        @Override
        public void close() {
            fixture.close();
        }
    }
}
