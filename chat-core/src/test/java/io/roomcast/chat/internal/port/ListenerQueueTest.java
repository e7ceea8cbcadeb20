package io.roomcast.chat.internal.port;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.MessageBody;
import io.roomcast.chat.model.MessageDraft;
import io.roomcast.chat.spi.ChatListener;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ListenerQueueTest {
    private static final int CAPACITY = 10_000;

    private final List<Long> heard = new CopyOnWriteArrayList<>();
    private final CountDownLatch goOn = new CountDownLatch(1);

    private static Message message(long seq) {
        return new MessageDraft("id-" + seq, "room", "ann", "key-" + seq, MessageBody.text("hello"), Instant.EPOCH)
                .at(seq);
    }

    private static ListenerQueue queue(Consumer<Message> onMessage) {
        return new ListenerQueue(new ChatListener() {
            @Override
            public void onMessageSent(Message message) {
                onMessage.accept(message);
            }
        });
    }

    @Test
    void listener_receives_messages_in_order_on_a_separate_thread() {
        List<String> threads = new CopyOnWriteArrayList<>();
        ListenerQueue queue = queue(message -> {
            heard.add(message.seq());
            threads.add(Thread.currentThread().getName());
        });
        LongStream.rangeClosed(1, 500).forEach(seq -> queue.messageSent(message(seq)));
        await().until(() -> heard.size() == 500);
        assertThat(heard).isSorted();
        assertThat(threads).allMatch(name -> name.startsWith("roomcast-listener"));
        queue.close();
    }

    @Test
    void slow_listener_misses_messages_and_blocks_no_caller() {
        ListenerQueue queue = queue(message -> {
            awaitGoOn();
            heard.add(message.seq());
        });
        LongStream.rangeClosed(1, CAPACITY + 500).forEach(seq -> queue.messageSent(message(seq)));
        goOn.countDown();
        await().until(() -> heard.size() >= CAPACITY);
        queue.messageSent(message(99_999));
        await().until(() -> heard.contains(99_999L));
        assertThat(heard).hasSizeBetween(CAPACITY, CAPACITY + 2).isSorted();
        queue.close();
    }

    private void awaitGoOn() {
        try {
            goOn.await(20, SECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void failing_listener_still_receives_the_next_message() {
        ListenerQueue queue = queue(message -> {
            heard.add(message.seq());
            throw new IllegalStateException("broken");
        });
        queue.messageSent(message(1));
        queue.messageSent(message(2));
        await().until(() -> heard.size() == 2);
        queue.close();
    }

    @Test
    void closed_queue_delivers_queued_messages_and_rejects_others() {
        ListenerQueue queue = queue(message -> {
            awaitGoOn();
            heard.add(message.seq());
        });
        LongStream.rangeClosed(1, 3).forEach(seq -> queue.messageSent(message(seq)));
        queue.close();
        queue.messageSent(message(4));
        goOn.countDown();
        await().until(() -> heard.size() == 3);
        assertThat(heard).containsExactly(1L, 2L, 3L);
    }
}
