package io.roomcast.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.roomcast.chat.command.AddMembers;
import io.roomcast.chat.command.CreateConversation;
import io.roomcast.chat.command.RemoveMember;
import io.roomcast.chat.command.UpdateConversation;
import io.roomcast.chat.event.ConversationUpdated;
import io.roomcast.chat.event.MemberAdded;
import io.roomcast.chat.event.MemberRemoved;
import io.roomcast.chat.fixture.ChatFixture;
import io.roomcast.chat.fixture.TestSession;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.Conversation;
import io.roomcast.chat.model.ConversationQuery;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.NewConversation;
import io.roomcast.chat.model.Role;
import java.util.List;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the host does with conversations. */
class ChatServiceConversationsTest {
    private final ChatFixture fixture = ChatFixture.start();
    private final ChatService chat = fixture.chat();
    private final TestSession ann = fixture.user("ann");
    private final TestSession bob = fixture.user("bob");

    @AfterEach
    void close() {
        fixture.close();
    }

    private static void assertRefused(ThrowingCallable call, ErrorCode code) {
        assertThat(catchThrowableOfType(ChatException.class, call).code()).isEqualTo(code);
    }

    @Test
    void members_receive_changes_by_the_host_without_an_author() {
        Conversation made = chat.create(NewConversation.group("g", "Group", List.of("ann")));
        Conversation added = chat.addMembers("g", Set.of("bob"));
        chat.removeMember("g", "bob");
        assertThat(fixture.told().toldTo(ann))
                .hasSize(3)
                .startsWith(new ConversationUpdated(made, null))
                .endsWith(new MemberRemoved("g", "bob", null));
        assertThat(fixture.told().toldTo(bob))
                .containsExactly(new MemberAdded(added, "bob", null), new MemberRemoved("g", "bob", null));
    }

    @Test
    void second_creation_sends_no_event() {
        Conversation made = chat.create(NewConversation.group("g", "Group", List.of("ann")));
        assertThat(chat.create(NewConversation.group("g", "Other", List.of("bob"))))
                .isEqualTo(made);
        assertThat(fixture.told().events()).hasSize(1);
    }

    @Test
    void update_changes_what_is_given() {
        chat.create(NewConversation.group("g", "Group", List.of("ann")).withMetadata("{}"));
        assertThat(chat.update("g", "Friends", null))
                .returns("Friends", Conversation::title)
                .returns("{}", Conversation::metadata);
        assertThat(fixture.told().toldTo(ann)).hasSize(2);
    }

    @Test
    void role_is_changed_immediately_and_sent() {
        chat.create(NewConversation.group("g", "Group", List.of("ann", "bob")));
        UpdateConversation update = UpdateConversation.title("g", "Bob's");
        assertThat(fixture.run(bob, update).code()).isEqualTo(ErrorCode.FORBIDDEN);
        assertThat(chat.changeRole("g", "bob", Role.ADMIN)).isTrue();
        assertThat(fixture.run(bob, update).result()).isNotNull();
        assertThat(chat.changeRole("g", "cid", Role.ADMIN)).isFalse();
        assertThat(fixture.told().toldTo(ann)).hasSize(4);
    }

    @Test
    void conversations_of_a_user_are_listed() {
        chat.create(NewConversation.group("g", "Group", List.of("ann", "bob")));
        chat.create(NewConversation.group("h", "Group", List.of("bob")));
        assertThat(chat.conversations(new ConversationQuery("ann", null, 10)))
                .extracting(Conversation::conversationId)
                .containsExactly("g");
    }

    @Test
    void conversation_that_does_not_exist_cannot_be_changed() {
        assertRefused(() -> chat.update("g", "Group", null), ErrorCode.CONVERSATION_NOT_FOUND);
        assertRefused(() -> chat.addMembers("g", Set.of("ann")), ErrorCode.CONVERSATION_NOT_FOUND);
        assertRefused(() -> chat.removeMember("g", "ann"), ErrorCode.CONVERSATION_NOT_FOUND);
        assertThat(chat.changeRole("g", "ann", Role.ADMIN)).isFalse();
    }

    @Test
    void direct_conversation_takes_no_third_member() {
        String id = chat.create(NewConversation.direct("ann", "bob")).conversationId();
        assertRefused(() -> chat.addMembers(id, Set.of("cid")), ErrorCode.FORBIDDEN);
    }

    @Test
    void commands_of_the_host_need_no_role() {
        CreateConversation create =
                CreateConversation.group("Group", List.of("ann", "bob")).withId("g");
        assertThat(chat.execute(create).join().conversation().members().get(0).role())
                .isEqualTo(Role.OWNER);
        assertThat(chat.execute(new AddMembers("g", List.of("cid")))
                        .join()
                        .conversation()
                        .members())
                .hasSize(3);
        assertThat(chat.execute(new RemoveMember("g", "ann"))
                        .join()
                        .conversation()
                        .members())
                .hasSize(2);
        assertThat(chat.execute(UpdateConversation.title("g", "Other"))
                        .join()
                        .conversation()
                        .title())
                .isEqualTo("Other");
    }
}
