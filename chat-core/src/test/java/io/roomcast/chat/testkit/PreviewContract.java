package io.roomcast.chat.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.roomcast.chat.model.Attachment;
import io.roomcast.chat.model.Conversation;
import io.roomcast.chat.model.ConversationQuery;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.MessagePreview;
import io.roomcast.chat.model.NewConversation;
import io.roomcast.chat.model.Position;
import io.roomcast.chat.spi.ChatStore;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a conversation shows of its newest message; a store may be a moment late with it. */
abstract class PreviewContract extends StoreCase {
    private static final Comparator<Position> OLDER_FIRST =
            Comparator.comparingLong(Position::seq).thenComparingLong(Position::version);

    PreviewContract(Supplier<StoreHarness> harnesses) {
        super(harnesses);
    }

    @BeforeEach
    void createGroup() {
        store.create(NewConversation.group("g", "Group", List.of("alice", "bob")));
    }

    @Test
    void conversation_without_messages_shows_none() {
        assertThat(shownInListBy(store)).isNull();
        assertThat(shownInFullBy(store)).isNull();
    }

    @Test
    void newest_message_is_shown() {
        expectToShow(fill("g", 3).get(2));
    }

    @Test
    void open_conversation_shows_its_newest_message() {
        Message newest = fill("c", 3).get(2);

        eventually(() ->
                assertThat(store.conversation("c").orElseThrow().lastMessage()).isEqualTo(MessagePreview.of(newest)));
    }

    @Test
    void file_without_words_is_shown() {
        expectToShow(stored(Drafts.file("g", new Attachment("/files/1", "plan.pdf", 1L, null))));
    }

    @Test
    void words_are_cut_at_the_limit() {
        stored(Drafts.text("g", "alice", "x".repeat(MessagePreview.MAX_LENGTH) + "y"));

        expectWords("x".repeat(MessagePreview.MAX_LENGTH));
    }

    @Test
    void words_up_to_the_limit_are_whole() {
        stored(Drafts.text("g", "alice", "€".repeat(MessagePreview.MAX_LENGTH)));

        expectWords("€".repeat(MessagePreview.MAX_LENGTH));
    }

    @Test
    void words_are_never_cut_within_a_surrogate_pair() {
        String beforePair = "x".repeat(MessagePreview.MAX_LENGTH - 1);
        stored(Drafts.text("g", "alice", beforePair + "😀 and so on"));

        expectWords(beforePair);
    }

    @Test
    void preview_follows_an_edit_of_the_newest() {
        Message newest = fill("g", 2).get(1);

        expectToShow(changed(Changes.edit(newest, "alice", "other")));
    }

    @Test
    void preview_follows_the_deletion_of_the_newest() {
        Message newest = fill("g", 2).get(1);
        Message tombstone = changed(Changes.delete(newest, "alice"));

        expectToShow(tombstone);
        assertThat(shownInListBy(store)).returns(true, MessagePreview::deleted).returns("", MessagePreview::content);
    }

    @Test
    void preview_ends_with_the_last_of_many_changes() {
        Message newest = fill("g", 1).get(0);
        for (int i = 0; i < 20; i++) {
            newest = changed(Changes.edit(newest, "alice", "edit " + i));
        }

        expectToShow(newest);
    }

    @Test
    void changes_of_older_messages_leave_the_preview() {
        List<Message> all = fill("g", 3);
        changed(Changes.edit(all.get(0), "alice", "other"));
        changed(Changes.react(all.get(0), "bob", "👍"));
        changed(Changes.delete(all.get(1), "alice"));

        expectToShow(all.get(2));
    }

    @Test
    void message_after_a_deleted_one_is_shown() {
        changed(Changes.delete(fill("g", 1).get(0), "alice"));

        expectToShow(fill("g", 1).get(0));
    }

    @Test
    void newest_of_many_senders_is_shown() {
        sendAtOnce(List.of(store));

        expectToShow(allOf("g").get(79));
    }

    @Test
    void newest_of_several_nodes_is_shown_by_each() {
        needs(StoreHarness.Capability.MULTI_NODE);
        List<ChatStore> nodes = List.of(store, harness.openAnotherNode());
        sendAtOnce(nodes);

        MessagePreview newest = MessagePreview.of(allOf("g").get(79));
        eventually(() ->
                assertThat(nodes).extracting(PreviewContract::shownInListBy).containsOnly(newest));
    }

    @Test
    void deletion_by_another_node_is_shown() {
        needs(StoreHarness.Capability.MULTI_NODE);
        ChatStore other = harness.openAnotherNode();
        Message newest = fill("g", 2).get(1);

        expectToShow(other.change(Changes.delete(newest, "alice")).message());
    }

    @Test
    void preview_never_becomes_older() {
        try (Workers workers = new Workers(2)) {
            Future<?> writer = workers.submit(new BusyWriter(store, "g", 30, 1));
            AtomicReference<@Nullable MessagePreview> shown = new AtomicReference<>();
            await().atMost(PATIENCE)
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(1))
                    .until(() -> {
                        MessagePreview now = shownInListBy(store);
                        assertThat(List.of(placeOf(shown.getAndSet(now)), placeOf(now)))
                                .isSortedAccordingTo(OLDER_FIRST);
                        return writer.isDone();
                    });
            Workers.result(writer);
        }

        expectToShow(allOf("g").get(29));
    }

    private static Position placeOf(@Nullable MessagePreview preview) {
        return preview == null ? Position.START : new Position(preview.seq(), preview.version());
    }

    private void sendAtOnce(List<ChatStore> nodes) {
        try (Workers workers = new Workers(4)) {
            List<Future<?>> senders = IntStream.range(0, 4)
                    .<Future<?>>mapToObj(i -> workers.submit(() -> Drafts.texts("g", "alice", 20)
                            .forEach(draft -> nodes.get(i % nodes.size()).append(List.of(draft)))))
                    .toList();
            senders.forEach(Workers::result);
        }
    }

    private void expectToShow(Message newest) {
        eventually(() -> {
            assertThat(shownInListBy(store)).isEqualTo(MessagePreview.of(newest));
            assertThat(shownInFullBy(store)).isEqualTo(MessagePreview.of(newest));
        });
    }

    private void expectWords(String words) {
        eventually(() -> assertThat(shownInListBy(store)).isNotNull().returns(words, MessagePreview::content));
    }

    private static @Nullable MessagePreview shownInListBy(ChatStore node) {
        List<Conversation> list = node.conversations(new ConversationQuery("alice", null, 10));
        assertThat(list).hasSize(1);
        return list.get(0).lastMessage();
    }

    private static @Nullable MessagePreview shownInFullBy(ChatStore node) {
        return node.conversation("g").orElseThrow().lastMessage();
    }
}
