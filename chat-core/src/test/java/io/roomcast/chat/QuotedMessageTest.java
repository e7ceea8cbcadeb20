package io.roomcast.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.command.DeleteMessage;
import io.roomcast.chat.command.GetMessages;
import io.roomcast.chat.command.SendMessage;
import io.roomcast.chat.fixture.Answer;
import io.roomcast.chat.fixture.ChatFixture;
import io.roomcast.chat.fixture.TestSession;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.MessageType;
import io.roomcast.chat.spi.ChatMetrics;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Messages that others reply to, and pages around them. */
class QuotedMessageTest {
    private final List<String> storeCalls = new CopyOnWriteArrayList<>();
    private final ChatFixture chat = ChatFixture.with(builder -> builder.metrics(new ChatMetrics() {
        @Override
        public void onStoreCall(String operation, Duration time, @Nullable ErrorCode failure) {
            storeCalls.add(operation);
        }
    }));
    private final TestSession ann = chat.user("ann");

    @AfterEach
    void close() {
        chat.close();
    }

    private Answer<SendMessage.Sent> reply(String conversationId, String messageId) {
        return chat.run(
                ann,
                new SendMessage(
                        conversationId,
                        null,
                        MessageType.TEXT,
                        "I agree",
                        List.of(),
                        null,
                        messageId,
                        List.of(),
                        null,
                        null,
                        null,
                        null));
    }

    private Message sent(String conversationId) {
        return chat.send(ann, conversationId, "hello").result().message();
    }

    @Test
    void message_of_the_conversation_is_quoted() {
        String id = sent("room").id();
        assertThat(reply("room", id).result().message().body().replyTo()).isEqualTo(id);
    }

    @Test
    void deleted_message_may_be_quoted() {
        String id = sent("room").id();
        chat.run(ann, new DeleteMessage("room", id)).result();
        assertThat(reply("room", id).result().message().body().replyTo()).isEqualTo(id);
    }

    @Test
    void message_that_the_conversation_does_not_have_is_not_quoted() {
        String elsewhere = sent("other").id();
        String trimmed = sent("room").id();
        chat.chat().trim("room", 1).join();
        for (String id : List.of(elsewhere, trimmed, "none")) {
            assertThat(reply("room", id).code()).isEqualTo(ErrorCode.MESSAGE_NOT_FOUND);
        }
        assertThat(chat.latest(ann, "room").result().messages()).isEmpty();
    }

    @Test
    void only_a_reply_costs_a_look_up() {
        String id = sent("room").id();
        storeCalls.clear();
        chat.send(ann, "room", "hello").result();
        assertThat(storeCalls).containsExactly("append");
        storeCalls.clear();
        reply("room", id).result();
        assertThat(storeCalls).containsExactly("message", "append");
    }

    @ParameterizedTest
    @CsvSource({"1,3", "5,3", "9,3", "10,3", "5,1", "5,50"})
    void page_around_a_message_is_the_page_around_its_seq(int seq, int limit) {
        List<Message> all = IntStream.range(0, 10).mapToObj(i -> sent("room")).toList();
        Message wanted = all.get(seq - 1);
        GetMessages.Page page = chat.run(
                        ann, GetMessages.around("room", wanted.id()).withLimit(limit))
                .result();
        assertThat(page)
                .isEqualTo(chat.run(ann, GetMessages.around("room", seq).withLimit(limit))
                        .result());
        assertThat(page.messages()).contains(wanted);
    }

    @Test
    void no_page_is_around_a_message_that_the_conversation_does_not_have() {
        sent("room");
        String elsewhere = sent("other").id();
        for (String id : List.of(elsewhere, "none")) {
            assertThat(chat.run(ann, GetMessages.around("room", id)).code()).isEqualTo(ErrorCode.MESSAGE_NOT_FOUND);
        }
    }
}
