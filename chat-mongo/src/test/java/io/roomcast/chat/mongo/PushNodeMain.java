package io.roomcast.chat.mongo;

import io.roomcast.chat.ChatEngine;
import io.roomcast.chat.model.NewConversation;
import io.roomcast.chat.model.NewMessage;
import io.roomcast.chat.model.PushDevice;
import io.roomcast.chat.model.PushMessage;
import io.roomcast.chat.spi.PushNotifier;
import io.roomcast.chat.spi.PushResult;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** A server that a test kills. It appends each push notification to a file. */
public final class PushNodeMain {
    private PushNodeMain() {}

    /**
     * Runs until the standard input ends. For each line of it, which names a user, sends a message in the user's group.
     *
     * @param arguments the address of the database, the file, and the user whose notifications do not return
     */
    public static void main(String[] arguments) throws IOException {
        Path file = Path.of(arguments[1]);
        String hanging = arguments[2];
        try (ChatEngine engine = ChatEngine.builder()
                        .store(MongoChatStore.connect(arguments[0]))
                        .push(notifier(file, hanging))
                        .pushDelay(Duration.ofMillis(500), Duration.ofMillis(500))
                        .build();
                BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            System.out.println("ready");
            for (String userId = input.readLine(); userId != null; userId = input.readLine()) {
                engine.service().create(NewConversation.group("of " + userId, "Group", List.of("ann", userId)));
                engine.service()
                        .send("of " + userId, NewMessage.text("ann", "hello"))
                        .join();
                System.out.println("sent");
            }
        }
    }

    private static PushNotifier notifier(Path file, String hanging) {
        return new PushNotifier() {
            @Override
            public String platform() {
                return "web";
            }

            @Override
            public PushResult send(PushDevice device, PushMessage message) throws IOException, InterruptedException {
                Files.writeString(
                        file,
                        device.token() + " " + message.id() + "\n",
                        StandardOpenOption.CREATE,
                        StandardOpenOption.APPEND);
                if (device.userId().equals(hanging)) {
                    new CountDownLatch(1).await();
                }
                return PushResult.delivered();
            }
        };
    }
}
