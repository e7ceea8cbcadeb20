package io.roomcast.examples.chatserver;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.testkit.ReservedPort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A process that receives webhook calls, which can be killed and restarted with the same file and address. */
final class WebhookReceiver implements AutoCloseable {
    private final Path file;
    private final int port = ReservedPort.choose();
    private Process process;

    private WebhookReceiver(Path file) {
        this.file = file;
    }

    static WebhookReceiver start(Path file) {
        WebhookReceiver receiver = new WebhookReceiver(file);
        receiver.start();
        return receiver;
    }

    /** Starts the process. Blocks until it accepts connections. */
    private void start() {
        try {
            process = new ProcessBuilder(ChatServerProcess.java(
                            "-cp",
                            System.getProperty("java.class.path"),
                            WebhookReceiverMain.class.getName(),
                            String.valueOf(port),
                            file.toString()))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            assertThat(process.inputReader(StandardCharsets.UTF_8).readLine()).isEqualTo(WebhookReceiverMain.READY);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    String url() {
        return "http://127.0.0.1:" + port + "/hook";
    }

    /** SIGKILL. */
    void kill() {
        process.destroyForcibly();
    }

    /** Restarts the process after it was killed. */
    void restart() {
        process.onExit().join();
        start();
    }

    /**
     * Returns the number of messages that were received in each conversation. Fails unless each conversation's were received
     * in their order, repeats aside.
     */
    Map<String, Long> received() {
        Map<String, Long> last = new HashMap<>();
        for (String id : ids()) {
            int colon = id.lastIndexOf(':');
            String conversation = id.substring(0, colon);
            long seq = Long.parseLong(id.substring(colon + 1));
            long before = last.getOrDefault(conversation, 0L);
            assertThat(seq).as("%s after %s", id, before).isLessThanOrEqualTo(before + 1);
            last.put(conversation, Math.max(before, seq));
        }
        return last;
    }

    private List<String> ids() {
        try {
            return Files.exists(file) ? Files.readAllLines(file) : new ArrayList<>();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
