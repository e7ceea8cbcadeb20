package io.roomcast.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.command.AddMembers;
import io.roomcast.chat.command.Command;
import io.roomcast.chat.command.CreateConversation;
import io.roomcast.chat.command.GetConversations;
import io.roomcast.chat.command.RemoveMember;
import io.roomcast.chat.command.UpdateConversation;
import io.roomcast.chat.event.ChatEvent;
import io.roomcast.chat.event.ConversationUpdated;
import io.roomcast.chat.model.Conversation;
import io.roomcast.chat.model.ConversationKind;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Member;
import io.roomcast.chat.model.NewConversation;
import io.roomcast.chat.model.Role;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ConversationCommandsTest extends ConversationCase {
    @Test
    void creator_owns_the_group() {
        Conversation group = made(ann, group(null, "bob", "ann", "bob"));
        assertThat(group.conversationId()).hasSize(26);
        assertThat(group.members()).extracting(Member::userId).containsExactly("ann", "bob");
        assertThat(group.members()).extracting(Member::role).containsExactly(Role.OWNER, Role.MEMBER);
    }

    @Test
    void only_members_receive_a_new_conversation() {
        Conversation group = made(ann, group("g", "bob"));
        ChatEvent news = new ConversationUpdated(group, "ann");
        assertThat(toldTo(ann)).containsExactly(news);
        assertThat(toldTo(bob)).containsExactly(news);
        assertThat(toldTo(cid)).isEmpty();
    }

    @Test
    void direct_conversation_is_one_for_both_and_sent_once() {
        Conversation first = made(ann, direct("bob"));
        assertThat(made(bob, direct("ann", "bob"))).isEqualTo(first);
        assertThat(toldTo(bob)).hasSize(1);
    }

    @Test
    void direct_conversation_takes_two_and_no_id_or_title() {
        assertRefused(ann, direct(), ErrorCode.INVALID_PAYLOAD, "memberIds");
        assertRefused(ann, direct("ann"), ErrorCode.INVALID_PAYLOAD, "memberIds");
        assertRefused(ann, direct("bob", "cid"), ErrorCode.INVALID_PAYLOAD, "memberIds");
        assertRefused(
                ann,
                new CreateConversation("mine", ConversationKind.DIRECT, null, List.of("bob"), null),
                ErrorCode.INVALID_PAYLOAD,
                "conversationId");
        assertRefused(
                ann,
                new CreateConversation(null, ConversationKind.DIRECT, "Us", List.of("bob"), null),
                ErrorCode.INVALID_PAYLOAD,
                "title");
    }

    @Test
    void id_of_a_direct_conversation_cannot_be_taken() {
        String reserved = NewConversation.direct("ann", "bob").conversationId();
        assertRefused(cid, group(reserved), ErrorCode.INVALID_PAYLOAD, "conversationId");
    }

    @Test
    void open_conversation_is_made_by_the_host() {
        CreateConversation open = new CreateConversation("o", ConversationKind.OPEN, null, List.of(), null);
        assertForbidden(ann, open);
        assertThat(fixture.chat().execute(open).join().conversation().kind()).isEqualTo(ConversationKind.OPEN);
    }

    @Test
    void group_that_is_asked_for_again_is_the_same() {
        Conversation first = made(ann, group("g", "bob"));
        assertThat(made(ann, group("g", "bob", "cid"))).isEqualTo(first);
        assertThat(toldTo(ann)).hasSize(1);
    }

    @Test
    void id_of_another_users_conversation_is_a_conflict() {
        made(ann, group("g", "bob"));
        assertRefused(cid, group("g"), ErrorCode.CONFLICT, null);
        fixture.send(ann, "open", "hello").result();
        assertRefused(ann, group("open"), ErrorCode.CONFLICT, null);
    }

    @Test
    void too_many_members_are_refused() {
        assertRefused(ann, group("g", "1", "2", "3", "4"), ErrorCode.MEMBER_LIMIT, null);
        made(ann, group("g", "1", "2"));
        assertRefused(ann, new AddMembers("g", List.of("3", "4")), ErrorCode.MEMBER_LIMIT, null);
        assertThat(fixture.run(ann, new AddMembers("g", List.of("1", "2", "3"))).result())
                .isNotNull();
    }

    static Stream<String> impossibleTitles() {
        return Stream.of("x".repeat(256), "two\nlines", "half \uD83D");
    }

    @ParameterizedTest
    @MethodSource("impossibleTitles")
    void impossible_title_is_refused(String title) {
        made(ann, group("g"));
        assertRefused(
                ann,
                new CreateConversation(null, ConversationKind.GROUP, title, List.of(), null),
                ErrorCode.INVALID_PAYLOAD,
                "title");
        assertRefused(ann, new UpdateConversation("g", title, null), ErrorCode.INVALID_PAYLOAD, "title");
    }

    @Test
    void metadata_that_is_too_large_is_refused() {
        made(ann, group("g"));
        String metadata = "{\"a\":\"" + "x".repeat(4_088) + "\"}";
        assertThat(fixture.run(ann, new UpdateConversation("g", null, metadata)).result())
                .isNotNull();
        assertRefused(ann, new UpdateConversation("g", null, metadata + " "), ErrorCode.PAYLOAD_TOO_LARGE, null);
    }

    @Test
    void metadata_that_is_no_text_is_refused() {
        made(ann, group("g"));
        String metadata = "{\"a\":\"\ud800\"}";
        assertRefused(ann, new UpdateConversation("g", null, metadata), ErrorCode.INVALID_PAYLOAD, "metadata");
        assertRefused(
                ann,
                CreateConversation.group("Group", List.of()).withMetadata(metadata),
                ErrorCode.INVALID_PAYLOAD,
                "metadata");
    }

    @Test
    void change_of_nothing_is_refused() {
        made(ann, group("g"));
        assertRefused(ann, new UpdateConversation("g", null, null), ErrorCode.MISSING_FIELDS, "title");
        assertRefused(ann, new AddMembers("g", List.of()), ErrorCode.MISSING_FIELDS, "memberIds");
        assertRefused(ann, new RemoveMember("g", ""), ErrorCode.MISSING_FIELDS, "userId");
    }

    @Test
    void direct_and_open_conversations_do_not_change() {
        String direct = made(ann, direct("bob")).conversationId();
        fixture.send(ann, "open", "hello").result();
        for (String id : List.of(direct, "open")) {
            assertForbidden(ann, UpdateConversation.title(id, "mine"));
            assertForbidden(ann, new AddMembers(id, List.of("cid")));
            assertForbidden(ann, new RemoveMember(id, "bob"));
            assertForbidden(ann, new RemoveMember(id, "ann"));
        }
    }

    static Stream<Command<?>> commandsOfSomebody() {
        return Stream.of(
                group("new"),
                direct("bob"),
                GetConversations.first(),
                UpdateConversation.title("g", "mine"),
                new AddMembers("g", List.of("cid")),
                new RemoveMember("g", "bob"));
    }

    @ParameterizedTest
    @MethodSource("commandsOfSomebody")
    void anonymous_user_has_no_conversations(Command<?> command) {
        assertRefused(fixture.anonymous(), command, ErrorCode.UNAUTHENTICATED, null);
    }

    @Test
    void conversations_are_listed_page_by_page_most_lively_first() {
        for (int i = 0; i < 5; i++) {
            made(ann, group("g" + i, "bob"));
            fixture.time().advance(Duration.ofMillis(5));
        }
        made(bob, group("not-anns"));
        fixture.send(bob, "g1", "lively").result();
        assertThat(allOf(2)).containsExactly("g1", "g4", "g3", "g2", "g0");
        assertThat(allOf(5)).hasSize(5);
    }

    private List<String> allOf(int limit) {
        List<String> all = new ArrayList<>();
        GetConversations.Listed page =
                fixture.run(ann, GetConversations.first().withLimit(limit)).result();
        add(page, all);
        while (page.next() != null) {
            page = fixture.run(ann, GetConversations.after(page.next()).withLimit(limit))
                    .result();
            add(page, all);
        }
        return all;
    }

    private static void add(GetConversations.Listed page, List<String> all) {
        page.entries().forEach(entry -> all.add(entry.conversation().conversationId()));
    }

    @Test
    void page_of_conversations_is_bounded() {
        IntStream.range(0, 120).forEach(i -> made(ann, group("g" + i)));
        assertThat(fixture.run(ann, GetConversations.first()).result().entries())
                .hasSize(50);
        assertThat(fixture.run(ann, GetConversations.first().withLimit(1_000))
                        .result()
                        .entries())
                .hasSize(100);
        assertRefused(ann, GetConversations.first().withLimit(0), ErrorCode.INVALID_PAYLOAD, "limit");
    }

    @Test
    void list_has_the_unread_counts() {
        made(ann, group("g", "bob"));
        IntStream.range(0, 3).forEach(i -> fixture.send(bob, "g", "hello").result());
        GetConversations.Entry anns =
                fixture.run(ann, GetConversations.first()).result().entries().get(0);
        GetConversations.Entry bobs =
                fixture.run(bob, GetConversations.first()).result().entries().get(0);
        assertThat(anns).returns(0L, GetConversations.Entry::readSeq).returns(3L, GetConversations.Entry::unread);
        assertThat(bobs).returns(3L, GetConversations.Entry::readSeq).returns(0L, GetConversations.Entry::unread);
        assertThat(anns.conversation().members()).isEmpty();
    }
}
