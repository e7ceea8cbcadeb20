package io.roomcast.chat.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.model.Attachment;
import io.roomcast.chat.model.FixedLimits;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.MessageBody;
import io.roomcast.chat.model.MessageDraft;
import io.roomcast.chat.model.MessageType;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is stored of one message. */
abstract class AppendContract extends StoreCase {
    AppendContract(Supplier<StoreHarness> harnesses) {
        super(harnesses);
    }

    @Test
    void first_message_has_seq_one() {
        assertThat(stored(Drafts.text("c", "alice", "hello")).seq()).isEqualTo(1);
    }

    @Test
    void stored_message_is_the_draft_with_its_seq() {
        MessageDraft draft = Drafts.text("c", "alice", "hello");

        assertThat(stored(draft)).isEqualTo(draft.at(1));
    }

    @Test
    void acknowledged_message_is_readable() {
        Message stored = stored(Drafts.text("c", "alice", "hello"));

        assertThat(allOf("c")).containsExactly(stored);
    }

    @Test
    void content_of_the_default_limit_is_stored() {
        Message stored = stored(Drafts.text("c", "alice", "€".repeat(5_000)));

        assertThat(allOf("c")).containsExactly(stored);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "línea\nzwei\t三",
                "👩‍👩‍👧‍👦 🇺🇳",
                "nul \u0000 bell \u0007",
                "<b>&amp;</b> $set {a: 1} %s",
                "e\u0301"
            })
    void content_is_returned_unchanged(String content) {
        stored(Drafts.text("c", "alice", content));

        assertThat(allOf("c")).extracting(Message::content).containsExactly(content);
    }

    @ParameterizedTest
    @ValueSource(strings = {"$where", "a.b", "{\"$gt\":\"\"}", "with space", "ключ", "index: conv_seq dup key"})
    void ids_are_taken_literally(String id) {
        Message stored = stored(Drafts.keyed(id, id, id, "hello"));

        assertThat(duplicateIn(append(Drafts.keyed(id, id, id, "again")))).isEqualTo(stored);
        assertThat(allOf(id)).containsExactly(stored);
    }

    @ParameterizedTest
    @EnumSource
    void type_is_returned_unchanged(MessageType type) {
        MessageDraft text = Drafts.text("c", "alice", "hello");
        stored(text.withBody(MessageBody.of(type, "hello", null)));

        assertThat(allOf("c")).extracting(Message::type).containsExactly(type);
    }

    @Test
    void attachment_is_returned_unchanged() {
        Attachment attachment =
                new Attachment("https://files.example.com/1", "plan.pdf", 5_000_000_000L, "application/pdf");
        stored(Drafts.file("c", attachment));

        assertThat(allOf("c")).extracting(Message::attachment).containsExactly(attachment);
    }

    @Test
    void absent_parts_of_an_attachment_stay_absent() {
        Attachment attachment = new Attachment("/files/1", null, null, null);
        stored(Drafts.file("c", attachment));

        assertThat(allOf("c")).extracting(Message::attachment).containsExactly(attachment);
    }

    @Test
    void absent_attachment_stays_absent() {
        stored(Drafts.text("c", "alice", "hello"));

        assertThat(allOf("c")).extracting(Message::attachment).containsOnlyNulls();
    }

    @Test
    void everything_an_author_may_send_is_returned_unchanged() {
        Attachment attachment = new Attachment("/files/1", "plan.pdf", 1L, "application/pdf");
        MessageBody body = new MessageBody(
                MessageType.FILE,
                "look",
                List.of(attachment),
                "m-1",
                List.of("zoe", "bob", "$a.b"),
                "{\"$a.b\": [1, null]}");
        stored(Drafts.text("c", "alice", "").withBody(body));

        assertThat(allOf("c")).extracting(Message::body).containsExactly(body);
    }

    static List<List<Attachment>> attachments_keep_their_order_and_all_their_parts() {
        Attachment video = new Attachment("/a", "a.mp4", 1L, "video/mp4", 640L, 480L, 3_000L, "/a.png");
        Attachment plain = new Attachment("/b", "b", 2L, "a/b");
        return List.of(
                List.of(video),
                List.of(plain, video),
                List.of(video, plain),
                List.of(plain, plain),
                List.of(new Attachment("/c", null, null, null, 0L, null, null, null)),
                Collections.nCopies(FixedLimits.ATTACHMENTS, video));
    }

    @ParameterizedTest
    @MethodSource
    void attachments_keep_their_order_and_all_their_parts(List<Attachment> attachments) {
        stored(Drafts.text("c", "alice", "look")
                .withBody(MessageBody.text("look").withAttachments(attachments)));

        assertThat(allOf("c")).extracting(Message::attachments).containsExactly(attachments);
    }

    @ParameterizedTest
    @MethodSource
    void fields_that_an_author_omitted_are_absent(MessageBody body) {
        stored(Drafts.text("c", "alice", "").withBody(body));

        assertThat(allOf("c")).extracting(Message::body).containsExactly(body);
    }

    static List<MessageBody> fields_that_an_author_omitted_are_absent() {
        return List.of(
                MessageBody.text("neither"),
                new MessageBody(MessageType.TEXT, "reply", List.of(), "m-1", List.of(), null),
                new MessageBody(MessageType.TEXT, "mention", List.of(), null, List.of("bob"), null),
                MessageBody.custom("poll", "a poll", null),
                new MessageBody(MessageType.TEXT, "metadata", List.of(), null, List.of(), "{}"));
    }

    @ParameterizedTest
    @FieldSource("io.roomcast.chat.testkit.MetadataNumbers#EDGES")
    void numbers_in_metadata_are_kept_to_the_letter(String number) {
        MessageBody body = new MessageBody(
                MessageType.TEXT, "x", List.of(), null, List.of(), "{\"a\": [" + number + ", {\"b\":" + number + "}]}");
        Message stored = stored(Drafts.text("c", "alice", "").withBody(body));
        Message edited = changed(Changes.describe(stored, "alice", "{\"n\":" + number + "}"));

        assertThat(stored.body()).isEqualTo(body);
        assertThat(edited.body().metadata()).isEqualTo("{\"n\":" + number + "}");
        assertThat(allOf("c")).containsExactly(edited);
    }

    @Test
    void new_message_is_untouched() {
        stored(Drafts.text("c", "alice", "hello"));

        assertThat(allOf("c"))
                .allSatisfy(message -> assertThat(message)
                        .returns(0L, Message::version)
                        .returns(null, Message::editedAt)
                        .returns(null, Message::deletion)
                        .returns(List.of(), Message::reactions));
    }

    @Test
    void results_are_in_the_order_of_the_drafts() {
        List<MessageDraft> drafts =
                List.of(Drafts.text("a", "alice", "1"), Drafts.text("b", "bob", "2"), Drafts.text("a", "carol", "3"));

        assertThat(store.append(drafts))
                .map(StoreCase::storedIn)
                .containsExactly(
                        drafts.get(0).at(1), drafts.get(1).at(1), drafts.get(2).at(2));
    }
}
