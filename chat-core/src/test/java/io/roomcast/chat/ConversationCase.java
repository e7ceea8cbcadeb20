package io.roomcast.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.command.Command;
import io.roomcast.chat.command.CreateConversation;
import io.roomcast.chat.event.ChatEvent;
import io.roomcast.chat.fixture.ChatFixture;
import io.roomcast.chat.fixture.TestSession;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.Conversation;
import io.roomcast.chat.model.ConversationKind;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Limits;
import io.roomcast.chat.model.Member;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/** A chat with three users who create and change conversations. */
abstract class ConversationCase {
    final ChatFixture fixture = ChatFixture.with(
            builder -> builder.limits(Limits.builder().members(4).build()));
    final TestSession ann = fixture.user("ann");
    final TestSession bob = fixture.user("bob");
    final TestSession cid = fixture.user("cid");

    @AfterEach
    void close() {
        fixture.close();
    }

    static CreateConversation group(String id, String... memberIds) {
        return new CreateConversation(id, ConversationKind.GROUP, "Group", List.of(memberIds), null);
    }

    static CreateConversation direct(String... memberIds) {
        return new CreateConversation(null, ConversationKind.DIRECT, null, List.of(memberIds), null);
    }

    Conversation made(TestSession session, CreateConversation command) {
        return fixture.run(session, command).result().conversation();
    }

    void assertRefused(TestSession session, Command<?> command, ErrorCode code, String field) {
        ChatException refusal = fixture.run(session, command).refusal();
        assertThat(refusal.code()).isEqualTo(code);
        assertThat(refusal.field().orElse(null)).isEqualTo(field);
    }

    void assertForbidden(TestSession session, Command<?> command) {
        assertRefused(session, command, ErrorCode.FORBIDDEN, null);
    }

    static List<String> ids(Conversation conversation) {
        return conversation.members().stream().map(Member::userId).toList();
    }

    List<ChatEvent> toldTo(TestSession session) {
        return fixture.told().toldTo(session);
    }
}
