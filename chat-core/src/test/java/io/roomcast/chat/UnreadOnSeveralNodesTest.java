package io.roomcast.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.command.DeleteMessage;
import io.roomcast.chat.command.EditMessage;
import io.roomcast.chat.command.GetConversations;
import io.roomcast.chat.command.MarkRead;
import io.roomcast.chat.command.SendMessage;
import io.roomcast.chat.event.UnreadChanged;
import io.roomcast.chat.fixture.Answer;
import io.roomcast.chat.fixture.ChatFixture;
import io.roomcast.chat.fixture.Recorder;
import io.roomcast.chat.fixture.TestSession;
import io.roomcast.chat.fixture.VirtualNode;
import io.roomcast.chat.model.MessagePreview;
import io.roomcast.chat.model.NewConversation;
import io.roomcast.chat.spi.ChatStore;
import io.roomcast.chat.testkit.BusNetwork;
import io.roomcast.chat.time.VirtualTime;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How often members on another node receive their unread counts, in virtual time. */
@Timeout(60)
class UnreadOnSeveralNodesTest {
    private static final Duration STEP = Duration.ofMillis(250);

    private final VirtualTime time = new VirtualTime();
    private final ChatStore store = ChatStore.inMemory();
    private final BusNetwork network = new BusNetwork();
    private final Recorder received = new Recorder();
    private final ChatEngine here = node();
    private final ChatEngine there = node();
    private final TestSession ann = open(here, "ann");
    private final TestSession cid = open(here, "cid");
    private final TestSession bob = open(there, "bob");

    private ChatEngine node() {
        return VirtualNode.builder(store, network.newBus(), time)
                .broadcaster(received)
                .build();
    }

    private static TestSession open(ChatEngine chat, String userId) {
        TestSession session = TestSession.of(userId);
        chat.open(session);
        return session;
    }

    @BeforeEach
    void connect() {
        network.awaitDelivery();
    }

    @AfterEach
    void close() {
        here.close();
        there.close();
        network.close();
    }

    private void createGroup(int members) {
        List<String> userIds = Stream.concat(
                        Stream.of("ann", "bob", "cid"),
                        IntStream.range(3, members).mapToObj(i -> "user" + i))
                .toList();
        here.service().create(NewConversation.group("g", "Group", userIds));
        network.awaitDelivery();
    }

    private void send(int messages) {
        for (int i = 0; i < messages; i++) {
            here.execute(ann, ChatFixture.text("g", "hello"), new Answer<>());
            pass(STEP);
        }
    }

    private void pass(Duration duration) {
        for (Duration left = duration; left.compareTo(Duration.ZERO) > 0; left = left.minus(STEP)) {
            network.awaitDelivery();
            time.advance(STEP);
        }
        network.awaitDelivery();
    }

    private List<UnreadChanged> countsOf(TestSession session) {
        return received.unreadTo(session);
    }

    @ParameterizedTest
    @CsvSource({"3, 4, 6", "500, 4, 6", "501, 1, 2", "1000, 1, 2"})
    void large_groups_have_their_counts_less_often(int members, int min, int max) {
        createGroup(members);
        send(20);
        assertThat(countsOf(bob)).hasSizeBetween(min, max);
        assertThat(countsOf(cid)).as("on the node of the messages").hasSizeBetween(4, 6);
        pass(Duration.ofSeconds(6));
        assertThat(countsOf(bob)).last().isEqualTo(new UnreadChanged("g", 20, 0, 20, 0, null));
        assertThat(countsOf(cid)).last().isEqualTo(new UnreadChanged("g", 20, 0, 20, 0, null));
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 501})
    void what_a_member_reads_is_known_once_it_is_stored(int members) {
        createGroup(members);
        send(1);
        TestSession phone = open(here, "bob");
        network.awaitDelivery();
        here.execute(phone, new MarkRead("g", 1), new Answer<>());
        pass(STEP);
        assertThat(countsOf(bob)).last().isEqualTo(new UnreadChanged("g", 0, 1, 1, 0, null));
    }

    @Test
    void mention_of_a_user_who_is_no_member_sends_the_user_nothing_on_another_node() {
        createGroup(3);
        TestSession eve = open(there, "eve");
        network.awaitDelivery();
        Answer<SendMessage.Sent> sent = new Answer<>();
        here.execute(ann, ChatFixture.mentioning("g", "eve", "bob"), sent);
        pass(Duration.ofSeconds(2));
        assertThat(countsOf(bob)).last().isEqualTo(new UnreadChanged("g", 1, 0, 1, 1, null));
        here.execute(ann, new DeleteMessage("g", sent.result().message().id()), new Answer<>());
        pass(Duration.ofSeconds(2));
        assertThat(countsOf(bob)).last().isEqualTo(new UnreadChanged("g", 1, 0, 1, 0, null));
        assertThat(countsOf(eve)).isEmpty();
    }

    @Test
    void newest_message_is_shown_to_the_senders_device_on_another_node_and_shown_again_after_an_edit() {
        createGroup(3);
        TestSession inbox = open(there, "ann");
        network.awaitDelivery();
        Answer<SendMessage.Sent> sent = new Answer<>();
        here.execute(ann, ChatFixture.text("g", "hello"), sent);
        pass(Duration.ofSeconds(2));
        MessagePreview first = MessagePreview.of(sent.result().message());
        assertThat(received.toldTo(inbox)).containsExactly(new UnreadChanged("g", 0, 1, 1, 0, first));

        Answer<EditMessage.Edited> edited = new Answer<>();
        here.execute(ann, EditMessage.of("g", first.id(), "changed"), edited);
        pass(Duration.ofSeconds(2));
        MessagePreview changed = MessagePreview.of(edited.result().message());
        assertThat(received.toldTo(inbox)).last().isEqualTo(new UnreadChanged("g", 0, 1, 1, 0, changed));
        assertThat(received.toldTo(bob)).last().isEqualTo(new UnreadChanged("g", 1, 0, 1, 0, changed));
    }

    /** The new node has an older message to report, and has cached an older read position. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void device_that_connects_to_another_node_receives_no_older_count_than_it_has_loaded(boolean hasRead) {
        createGroup(3);
        here.execute(ann, ChatFixture.text("g", "one"), new Answer<>());
        here.execute(ann, ChatFixture.text("g", "two"), new Answer<>());
        there.execute(open(there, "cid"), ChatFixture.text("g", "three"), new Answer<>());
        if (hasRead) {
            there.execute(bob, new MarkRead("g", 3), new Answer<>());
        }
        network.awaitDelivery();
        TestSession phone = open(here, "bob");
        network.awaitDelivery();
        Answer<GetConversations.Listed> list = new Answer<>();
        here.execute(phone, GetConversations.first(), list);
        long readSeq = hasRead ? 3 : 0;
        assertThat(list.result().entries()).hasSize(1);

        pass(Duration.ofSeconds(3));
        here.execute(ann, ChatFixture.text("g", "four"), new Answer<>());
        pass(Duration.ofSeconds(3));

        assertThat(countsOf(phone)).last().isEqualTo(new UnreadChanged("g", 4 - readSeq, readSeq, 4, 0, null));
        assertThat(countsOf(phone)).allSatisfy(count -> {
            assertThat(count.latestSeq()).isGreaterThanOrEqualTo(3);
            assertThat(count.readSeq()).isEqualTo(readSeq);
        });
    }

    @Test
    void device_that_connects_to_another_node_before_a_receipt_is_stored_receives_it() {
        createGroup(3);
        send(1);
        there.execute(bob, new MarkRead("g", 1), new Answer<>());
        network.awaitDelivery();
        TestSession phone = open(here, "bob");
        network.awaitDelivery();
        Answer<GetConversations.Listed> list = new Answer<>();
        here.execute(phone, GetConversations.first(), list);
        assertThat(list.result().entries().get(0).unread()).isEqualTo(1);
        pass(Duration.ofSeconds(1));
        assertThat(countsOf(phone)).containsExactly(new UnreadChanged("g", 0, 1, 1, 0, null));
    }
}
