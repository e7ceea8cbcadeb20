package io.roomcast.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.command.DeleteMessage;
import io.roomcast.chat.command.GetConversations;
import io.roomcast.chat.command.GetMentions;
import io.roomcast.chat.command.GetUnread;
import io.roomcast.chat.command.MarkRead;
import io.roomcast.chat.command.SendMessage;
import io.roomcast.chat.command.SetPreferences;
import io.roomcast.chat.event.UnreadChanged;
import io.roomcast.chat.fixture.Answer;
import io.roomcast.chat.fixture.ChatFixture;
import io.roomcast.chat.fixture.TestSession;
import io.roomcast.chat.model.Action;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.MentionQuery;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.MessageBody;
import io.roomcast.chat.model.NewConversation;
import io.roomcast.chat.model.NotifyLevel;
import io.roomcast.chat.model.Preference;
import io.roomcast.chat.model.Preferences;
import io.roomcast.chat.model.Role;
import io.roomcast.chat.spi.AccessPolicy;
import io.roomcast.chat.spi.RateLimiter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is unread for a user, and who is mentioned. */
class MentionsTest {
    private final Set<String> closed = ConcurrentHashMap.newKeySet();
    private final ChatFixture chat = ChatFixture.with(builder -> builder.rateLimiter(RateLimiter.none())
            .accessPolicy((request, membership) ->
                    request.action() != Action.READ || !closed.contains(request.conversationId())));
    private final TestSession ann = chat.user("ann");
    private final TestSession bob = chat.user("bob");

    @BeforeEach
    void createGroup() {
        chat.chat().create(NewConversation.group("g", "Group", List.of("ann", "bob", "cid")));
        chat.chat().create(NewConversation.group("h", "Other", List.of("ann", "bob")));
        chat.told().clear();
    }

    @AfterEach
    void close() {
        chat.close();
    }

    private Message send(TestSession session, String conversationId, String... mentions) {
        Message sent = chat.run(session, ChatFixture.mentioning(conversationId, mentions))
                .result()
                .message();
        chat.settle();
        chat.time().advance(Duration.ofSeconds(2));
        return sent;
    }

    private <R> R result(Answer<R> answer) {
        chat.settle();
        return answer.result();
    }

    private GetUnread.Totals totals() {
        return result(chat.run(bob, new GetUnread()));
    }

    private List<UnreadChanged> received() {
        return chat.told().unreadTo(bob);
    }

    private GetConversations.Entry listed(String conversationId) {
        return result(chat.run(bob, GetConversations.first())).entries().stream()
                .filter(entry -> entry.conversation().conversationId().equals(conversationId))
                .findFirst()
                .orElseThrow();
    }

    private void prefer(@Nullable Instant mutedUntil, boolean archived, @Nullable Long unreadFrom) {
        Preferences values = new Preferences(NotifyLevel.ALL, mutedUntil, archived, false, unreadFrom, null, 0);
        result(chat.run(
                bob,
                SetPreferences.of("g", values, Preference.MUTED_UNTIL, Preference.ARCHIVED, Preference.UNREAD_FROM)));
    }

    @ParameterizedTest
    @CsvSource({"bob, 1", "@all, 1", "cid, 0", "ann, 0"})
    void message_counts_as_a_mention_of_those_whom_it_mentions(String mentioned, long mentions) {
        send(ann, "g", mentioned);
        assertThat(received()).endsWith(new UnreadChanged("g", 1, 0, 1, mentions, null));
        assertThat(listed("g").unreadMentions()).isEqualTo(mentions);
        assertThat(totals()).isEqualTo(new GetUnread.Totals(1, 1, mentions));
    }

    @Test
    void mentions_are_counted_until_they_are_read_or_deleted() {
        Message first = send(ann, "g", "bob");
        send(ann, "g");
        send(ann, "g", "@all");
        Message last = send(ann, "g", "bob");
        assertThat(received()).endsWith(new UnreadChanged("g", 4, 0, 4, 3, null));
        result(chat.run(ann, new DeleteMessage("g", last.id())));
        assertThat(received()).endsWith(new UnreadChanged("g", 4, 0, 4, 2, null));
        result(chat.run(bob, new MarkRead("g", first.seq())));
        assertThat(received()).endsWith(new UnreadChanged("g", 3, 1, 4, 1, null));
        result(chat.run(bob, new MarkRead("g", 4)));
        assertThat(received()).endsWith(new UnreadChanged("g", 0, 4, 4, 0, null));
        prefer(null, false, 1L);
        assertThat(received()).endsWith(new UnreadChanged("g", 4, 4, 4, 2, null));
        assertThat(totals()).isEqualTo(new GetUnread.Totals(1, 4, 2));
    }

    @ParameterizedTest
    @ValueSource(strings = {"g", "lobby"})
    void mention_of_a_user_who_is_no_member_sends_the_user_nothing(String conversationId) {
        TestSession eve = chat.user("eve");
        Message sent = send(ann, conversationId, "eve", "bob");
        result(chat.run(ann, new DeleteMessage(conversationId, sent.id())));
        chat.time().advance(Duration.ofSeconds(2));
        assertThat(chat.told().toldTo(eve)).isEmpty();
    }

    @Test
    void deleted_mention_of_a_former_member_sends_the_user_nothing() {
        Message sent = send(ann, "g", "bob");
        chat.chat().removeMember("g", "bob");
        chat.settle();
        chat.told().clear();
        result(chat.run(ann, new DeleteMessage("g", sent.id())));
        chat.time().advance(Duration.ofSeconds(2));
        assertThat(chat.told().toldTo(bob)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"false, 0, true", "true, 0, false", "false, 60, false", "false, -60, true"})
    void muted_and_archived_conversations_do_not_count(boolean archived, long mutedSeconds, boolean counts) {
        send(ann, "g", "bob");
        send(ann, "h");
        Instant until = mutedSeconds == 0 ? null : chat.time().clock().instant().plusSeconds(mutedSeconds);
        prefer(until, archived, null);
        assertThat(totals()).isEqualTo(counts ? new GetUnread.Totals(2, 2, 1) : new GetUnread.Totals(1, 1, 0));
        assertThat(listed("g").unread()).isEqualTo(1);
        chat.time().advance(Duration.ofMinutes(2));
        assertThat(totals().conversations()).isEqualTo(archived ? 1 : 2);
    }

    @Test
    void totals_cover_more_conversations_than_one_page() {
        for (int i = 0; i < 250; i++) {
            chat.chat().create(NewConversation.group("many-" + i, "Group", List.of("ann", "bob")));
            chat.run(ann, ChatFixture.mentioning("many-" + i, "bob"));
            chat.settle();
        }
        assertThat(totals()).isEqualTo(new GetUnread.Totals(250, 250, 250));
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void role_decides_who_mentions_all(Role role) {
        chat.chat().changeRole("g", "bob", role);
        Answer<SendMessage.Sent> answer = chat.run(bob, ChatFixture.mentioning("g", "cid", MessageBody.MENTION_ALL));
        chat.settle();
        assertThat(answer.isRefused()).isEqualTo(role == Role.MEMBER);
        if (role == Role.MEMBER) {
            assertThat(answer.code()).isEqualTo(ErrorCode.FORBIDDEN);
        }
    }

    @Test
    void guest_cannot_mention_all_and_the_host_can() {
        Answer<SendMessage.Sent> guest = chat.run(ann, ChatFixture.mentioning("lobby", MessageBody.MENTION_ALL));
        chat.settle();
        assertThat(guest.code()).isEqualTo(ErrorCode.FORBIDDEN);
        chat.chat()
                .execute(ChatFixture.mentioning("g", MessageBody.MENTION_ALL).from("system"))
                .join();
        assertThat(listed("g").unreadMentions()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 100})
    void mentions_are_read_newest_first_in_conversations_that_may_be_read(int limit) {
        List<Message> expected = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            String conversationId = List.of("g", "h", "lobby").get(i % 3);
            Message sent = send(ann, conversationId, i % 2 == 0 ? "bob" : i % 3 == 2 ? "cid" : "@all");
            if (i == 4) {
                result(chat.run(ann, new DeleteMessage(conversationId, sent.id())));
            } else if (!conversationId.equals("h") && (i % 2 == 0 || i % 3 != 2)) {
                expected.add(0, sent);
            }
        }
        closed.add("h");
        assertThat(mentions(limit)).isEqualTo(expected);
        closed.add("lobby");
        assertThat(mentions(limit)).allMatch(message -> message.conversationId().equals("g"));
        chat.chat().removeMember("g", "bob");
        closed.add("g");
        assertThat(mentions(limit)).isEmpty();
    }

    private List<Message> mentions(int limit) {
        List<Message> found = new ArrayList<>();
        MentionQuery.Cursor after = null;
        do {
            GetMentions.Listed page = result(chat.run(bob, new GetMentions(after, limit)));
            assertThat(page.messages()).hasSizeLessThanOrEqualTo(limit);
            found.addAll(page.messages());
            after = page.next();
        } while (after != null);
        return found;
    }

    @Test
    void policy_that_fails_fails_the_command() {
        send(ann, "g", "bob");
        try (ChatFixture failing = ChatFixture.with(builder -> builder.accessPolicy((request, membership) -> {
            if (request.action() == Action.READ) {
                throw new IllegalStateException("no answer");
            }
            return true;
        }))) {
            failing.chat().create(NewConversation.group("g", "Group", List.of("ann", "bob")));
            failing.run(failing.user("ann"), ChatFixture.mentioning("g", "bob"));
            failing.settle();
            Answer<GetMentions.Listed> answer = failing.run(failing.user("bob"), GetMentions.first());
            failing.settle();
            assertThat(answer.isRefused()).isTrue();
        }
    }

    @Test
    void group_that_the_user_left_has_no_mentions_under_the_built_in_policies() {
        try (ChatFixture open = ChatFixture.with(builder -> builder.accessPolicy(AccessPolicy.openRooms()))) {
            open.chat().create(NewConversation.group("g", "Group", List.of("ann", "bob")));
            TestSession reader = open.user("bob");
            open.run(open.user("ann"), ChatFixture.mentioning("g", "bob")).result();
            open.run(open.user("ann"), ChatFixture.mentioning("lobby", "bob")).result();
            assertThat(open.run(reader, GetMentions.first()).result().messages())
                    .hasSize(2);
            open.chat().removeMember("g", "bob");
            assertThat(open.run(reader, GetMentions.first()).result().messages())
                    .singleElement()
                    .satisfies(message -> assertThat(message.conversationId()).isEqualTo("lobby"));
        }
    }
}
