package io.roomcast.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.command.AddReaction;
import io.roomcast.chat.command.DeleteMessage;
import io.roomcast.chat.command.GetMembers;
import io.roomcast.chat.command.GetMessage;
import io.roomcast.chat.command.GetReactions;
import io.roomcast.chat.fixture.ChatFixture;
import io.roomcast.chat.fixture.TestSession;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Member;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.NewConversation;
import io.roomcast.chat.model.NewMessage;
import io.roomcast.chat.model.Reaction;
import io.roomcast.chat.model.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client can read of a conversation after a reload: one message, its reactions, and the members. */
class ReadCommandsTest {
    private static final int MEMBERS = 230;

    private final ChatFixture fixture = ChatFixture.start();
    private final TestSession ann = fixture.user("ann");
    private final TestSession stranger = fixture.user("stranger");

    @BeforeEach
    void createGroup() {
        fixture.chat()
                .create(NewConversation.group(
                        "g",
                        "Group",
                        Stream.concat(
                                        Stream.of("zed", "ann"),
                                        IntStream.range(2, MEMBERS).mapToObj("user%03d"::formatted))
                                .toList()));
        fixture.chat().changeRole("g", "zed", Role.ADMIN);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private Message sent() {
        return fixture.chat().send("g", NewMessage.text("zed", "hello")).join();
    }

    @Test
    void message_is_found_in_its_latest_state() {
        Message message = sent();
        assertThat(fixture.run(ann, new GetMessage("g", message.id())).result().message())
                .isEqualTo(message);
        fixture.run(fixture.user("zed"), new DeleteMessage("g", message.id())).result();
        Message deleted =
                fixture.run(ann, new GetMessage("g", message.id())).result().message();
        assertThat(deleted.isDeleted()).isTrue();
        assertThat(deleted.content()).isEmpty();
    }

    @Test
    void message_of_another_conversation_is_not_found() {
        Message message = sent();
        fixture.chat().send("other", NewMessage.text("ann", "hello")).join();
        assertThat(fixture.run(ann, new GetMessage("other", message.id())).code())
                .isEqualTo(ErrorCode.MESSAGE_NOT_FOUND);
        assertThat(fixture.run(ann, GetReactions.of("other", message.id())).code())
                .isEqualTo(ErrorCode.MESSAGE_NOT_FOUND);
    }

    @Test
    void stranger_reads_nothing_of_a_group() {
        Message message = sent();
        assertThat(fixture.run(stranger, new GetMessage("g", message.id())).code())
                .isEqualTo(ErrorCode.FORBIDDEN);
        assertThat(fixture.run(stranger, GetReactions.of("g", message.id())).code())
                .isEqualTo(ErrorCode.FORBIDDEN);
        assertThat(fixture.run(stranger, GetMembers.of("g")).code()).isEqualTo(ErrorCode.FORBIDDEN);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 50, 100, 1_000})
    void pages_of_members_have_each_member_once(int limit) {
        List<String> userIds = new ArrayList<>();
        String after = null;
        int largest = 0;
        do {
            GetMembers.Listed page =
                    fixture.run(ann, new GetMembers("g", null, after, limit)).result();
            page.members().stream().map(Member::userId).forEach(userIds::add);
            largest = Math.max(largest, page.members().size());
            after = page.next();
        } while (after != null);
        assertThat(userIds).hasSize(MEMBERS).isSorted().doesNotHaveDuplicates();
        assertThat(largest).isEqualTo(Math.min(limit, GetMembers.MAX_LIMIT));
    }

    @Test
    void members_of_a_role_are_found() {
        assertThat(fixture.run(ann, new GetMembers("g", Role.ADMIN, null, null))
                        .result()
                        .members())
                .extracting(Member::userId)
                .containsExactly("zed");
        assertThat(fixture.run(ann, GetMembers.of("g")).result().members()).hasSize(GetMembers.DEFAULT_LIMIT);
    }

    @Test
    void member_who_leaves_between_two_pages_hides_no_other() {
        GetMembers.Listed first =
                fixture.run(ann, new GetMembers("g", null, null, 3)).result();
        fixture.chat().removeMember("g", first.members().get(1).userId());
        fixture.chat().removeMember("g", "user003");
        assertThat(fixture.run(ann, new GetMembers("g", null, first.next(), 2))
                        .result()
                        .members())
                .extracting(Member::userId)
                .containsExactly("user004", "user005");
    }

    @Test
    void members_of_an_unknown_conversation_are_not_found() {
        assertThat(fixture.run(ann, GetMembers.of("unknown")).code()).isEqualTo(ErrorCode.CONVERSATION_NOT_FOUND);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 50, 1_000})
    void pages_of_reactions_have_each_reaction_once(int limit) {
        String messageId = sent().id();
        List<Reaction> expected = new ArrayList<>();
        for (String userId : List.of("user009", "user002", "user007")) {
            for (String key : List.of("b", "a b", "+1")) {
                fixture.run(fixture.user(userId), new AddReaction("g", messageId, key))
                        .result();
                expected.add(new Reaction(key, userId));
            }
        }
        assertThat(reactions(messageId, null, limit))
                .containsExactlyInAnyOrderElementsOf(expected)
                .doesNotHaveDuplicates();
        assertThat(reactions(messageId, "a b", limit))
                .containsExactly(
                        new Reaction("a b", "user002"), new Reaction("a b", "user007"), new Reaction("a b", "user009"));
        assertThat(reactions(messageId, "unused", limit)).isEmpty();
    }

    private List<Reaction> reactions(String messageId, @Nullable String key, int limit) {
        List<Reaction> found = new ArrayList<>();
        Reaction after = null;
        do {
            GetReactions.Listed page = fixture.run(ann, new GetReactions("g", messageId, key, after, limit))
                    .result();
            assertThat(page.reactions()).hasSizeLessThanOrEqualTo(limit);
            found.addAll(page.reactions());
            after = page.next();
        } while (after != null);
        return found;
    }
}
