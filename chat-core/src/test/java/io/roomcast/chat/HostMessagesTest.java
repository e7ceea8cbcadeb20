package io.roomcast.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.roomcast.chat.event.MessageSent;
import io.roomcast.chat.fixture.ChatFixture;
import io.roomcast.chat.fixture.TestSession;
import io.roomcast.chat.model.Attachment;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.MessageBody;
import io.roomcast.chat.model.MessageType;
import io.roomcast.chat.model.NewMessage;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the messages of the host may contain. */
class HostMessagesTest {
    private static final List<Attachment> FILES = List.of(
            new Attachment("/1", "a", 1L, "a/b"), new Attachment("/2", null, null, null, 640L, 480L, 3_000L, "/3"));

    private final ChatFixture fixture = ChatFixture.start();
    private final TestSession bob = fixture.userIn("room", "bob");

    @AfterEach
    void close() {
        fixture.close();
    }

    private Message send(NewMessage message) {
        return fixture.chat().send("room", message).join();
    }

    @Test
    void message_of_the_host_may_have_all_that_a_clients_has() {
        Message question = send(NewMessage.text("bob", "Where?"));
        Message answer = send(NewMessage.text("ann", "Here")
                .withAttachments(FILES)
                .withReplyTo(question.id())
                .withMentions(List.of("bob"))
                .withMetadata("{\"a\":1}")
                .withClientMessageId("key")
                .withExpiry(Duration.ofHours(1))
                .ifLatest(1));

        assertThat(answer.body())
                .isEqualTo(
                        new MessageBody(MessageType.TEXT, "Here", FILES, question.id(), List.of("bob"), "{\"a\":1}"));
        assertThat(answer)
                .returns("ann", Message::senderId)
                .returns("key", Message::clientMessageId)
                .returns(answer.createdAt().plus(Duration.ofHours(1)), Message::expiresAt);
        assertThat(fixture.told().toldTo(bob)).contains(new MessageSent(answer));
    }

    @Test
    void message_of_the_host_may_be_custom() {
        MessageBody poll = MessageBody.custom("poll", "Lunch?", "{\"options\":[]}");

        assertThat(send(NewMessage.of("ann", poll)).body()).isEqualTo(poll);
    }

    @Test
    void message_of_the_host_may_require_to_be_the_next_one() {
        send(NewMessage.text("bob", "first"));

        assertThat(refusal(NewMessage.text("ann", "second").ifLatest(0)))
                .returns(ErrorCode.CONFLICT, ChatException::code)
                .returns(1L, refusal -> refusal.latestSeq().orElseThrow());
        assertThat(send(NewMessage.text("ann", "second").ifLatest(1)).seq()).isEqualTo(2);
    }

    private ChatException refusal(NewMessage message) {
        return ChatException.from(catchThrowableOfType(CompletionException.class, () -> send(message)));
    }

    static Stream<Arguments> invalid() {
        NewMessage text = NewMessage.text("ann", "hello");
        return Stream.of(
                Arguments.of("expiresInMs", text.withExpiry(Duration.ofSeconds(1))),
                Arguments.of("ifLatestSeq", text.ifLatest(-1)),
                Arguments.of("replyTo", text.withReplyTo("a b")),
                Arguments.of("mentions[0]", text.withMentions(List.of("a\nb"))),
                Arguments.of("metadata", text.withMetadata("[]")),
                Arguments.of("fileUrl", text.withAttachments(List.of(new Attachment("ftp://a", null, null, null)))),
                Arguments.of("customType", NewMessage.of("ann", MessageBody.custom("A", "x", null))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void invalid(String field, NewMessage message) {
        assertThat(refusal(message).field()).contains(field);
    }
}
