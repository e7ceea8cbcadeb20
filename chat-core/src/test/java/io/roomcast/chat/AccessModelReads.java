package io.roomcast.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.command.Command;
import io.roomcast.chat.command.DeleteMessage;
import io.roomcast.chat.command.GetMembers;
import io.roomcast.chat.command.GetMentions;
import io.roomcast.chat.command.GetMessage;
import io.roomcast.chat.command.GetReactions;
import io.roomcast.chat.command.GetUnread;
import io.roomcast.chat.command.GetUsers;
import io.roomcast.chat.command.HandleEvent;
import io.roomcast.chat.command.SendMessage;
import io.roomcast.chat.fixture.Answer;
import io.roomcast.chat.fixture.ChatFixture;
import io.roomcast.chat.fixture.TestSession;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Member;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.MessageType;
import io.roomcast.chat.model.UserProfile;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Compares answers with an {@link AccessModel}: what is in a group is for its members only. */
final class AccessModelReads {
    /** An event of the host's own. Its handler returns the user who sent it. */
    static final String OWN_EVENT = "who.am.i";

    private final ChatFixture fixture;
    private final AccessModel model;
    private final List<Message> mentioning = new ArrayList<>();

    AccessModelReads(ChatFixture fixture, AccessModel model) {
        this.fixture = fixture;
        this.model = model;
    }

    static ChatEngineBuilder withOwnEvent(ChatEngineBuilder builder) {
        return builder.on(OWN_EVENT, request -> "\"" + request.principal().userId() + "\"");
    }

    /**
     * A member sees all members of a room, and its messages. No other user learns whether they exist.
     *
     * @param messageIds messages of the room
     */
    void room(TestSession session, String room, Collection<String> messageIds) {
        boolean isMember = model.isMember(room, userOf(session));
        Answer<GetMembers.Listed> members = asked(session, GetMembers.of(room), isMember);
        if (isMember) {
            assertThat(members.result().members())
                    .extracting(Member::userId)
                    .containsExactlyInAnyOrderElementsOf(model.membersOf(room));
        }
        messageIds.forEach(id -> message(session, room, id, isMember ? null : ErrorCode.FORBIDDEN));
        message(session, room, "none", isMember ? ErrorCode.MESSAGE_NOT_FOUND : ErrorCode.FORBIDDEN);
    }

    private void message(TestSession session, String room, String messageId, ErrorCode refusal) {
        asked(session, new GetMessage(room, messageId), refusal);
        asked(session, GetReactions.of(room, messageId), refusal);
    }

    /** Sends a message that mentions a user, who may be no member, and may delete it again. */
    void mention(TestSession session, String room, String other, boolean isDeleted) {
        SendMessage message = new SendMessage(
                room,
                null,
                MessageType.TEXT,
                "for " + other,
                List.of(),
                null,
                null,
                List.of(other),
                null,
                null,
                null,
                null);
        boolean isMember = model.isMember(room, userOf(session));
        Answer<SendMessage.Sent> sent = asked(session, message, isMember);
        if (isMember && isDeleted) {
            asked(session, new DeleteMessage(room, sent.result().message().id()), true);
        } else if (isMember) {
            mentioning.add(sent.result().message());
        }
    }

    /** A user finds the mentions in the user's own groups, and counts what is unread in these only. */
    void ofUser(TestSession session) {
        String user = userOf(session);
        List<String> readable = mentioning.stream()
                .filter(message -> message.mentions(user) && model.isMember(message.conversationId(), user))
                .map(Message::id)
                .toList();
        assertThat(fixture.run(session, GetMentions.first()).result().messages())
                .extracting(Message::id)
                .containsExactlyInAnyOrderElementsOf(readable);
        long groups = model.rooms().stream()
                .filter(room -> model.isMember(room, user))
                .count();
        GetUnread.Totals totals = fixture.run(session, new GetUnread()).result();
        assertThat(totals.conversations()).isBetween(0L, groups);
        assertThat(totals.mentions()).isBetween(0L, (long) readable.size());
        assertThat(fixture.run(session, new GetUsers(List.of("ann", "nobody")))
                        .result()
                        .users())
                .extracting(UserProfile::userId)
                .containsExactly("ann");
        assertThat(fixture.run(session, new HandleEvent(OWN_EVENT, "null"))
                        .result()
                        .answer())
                .isEqualTo("\"" + user + "\"");
    }

    private <R> Answer<R> asked(TestSession session, Command<R> command, boolean isMember) {
        return asked(session, command, isMember ? null : ErrorCode.FORBIDDEN);
    }

    private <R> Answer<R> asked(TestSession session, Command<R> command, ErrorCode refusal) {
        Answer<R> answer = fixture.run(session, command);
        assertThat(answer.isRefused() ? answer.code() : null)
                .as("%s of %s", command, session)
                .isEqualTo(refusal);
        return answer;
    }

    private static String userOf(TestSession session) {
        return session.principal().userId();
    }
}
