package io.roomcast.chat.socketio.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.model.NewConversation;
import io.roomcast.chat.model.Principal;
import io.roomcast.chat.socketio.ChatServer;
import io.roomcast.chat.socketio.guard.RequiresPrograms;
import io.roomcast.chat.spi.AttachmentStore;
import io.roomcast.chat.spi.ChatStore;
import io.roomcast.chat.testkit.BusNetwork;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Uploads to three servers behind real proxies, which choose a server for each request. */
@RequiresNode
@RequiresPrograms({"nginx", "haproxy"})
@Timeout(120)
class UploadsBehindProxyTest {
    private static final int NODES = 3;

    @TempDir
    Path folder;

    private final BusNetwork network = new BusNetwork();
    private final ChatStore store = ChatStore.inMemory();
    private final AttachmentStore files = AttachmentStore.inMemory();
    private List<ChatServer> servers = List.of();

    @BeforeEach
    void startServers() {
        servers = IntStream.rangeClosed(1, NODES).mapToObj(this::start).toList();
        servers.get(0).chat().create(NewConversation.group("g", "Group", List.of("ann")));
    }

    private ChatServer start(int number) {
        return ChatServer.builder()
                .port(0)
                .host("127.0.0.1")
                .authenticator(Principal::of)
                .store(store)
                .attachments(files)
                .cluster(network.newBus())
                .nodeName("n" + number)
                .build()
                .start();
    }

    @AfterEach
    void stopServers() {
        servers.forEach(ChatServer::close);
        network.close();
    }

    @ParameterizedTest
    @EnumSource
    void unmodified_client_uploads_resumes_and_cancels(Balancer.Kind kind) throws Exception {
        List<Integer> ports = servers.stream().map(ChatServer::port).toList();
        try (Balancer balancer = Balancer.start(kind, folder, ports)) {
            assertThat(NodeScript.run("tus-client.mjs", balancer.url(), "ann")).isEmpty();
        }
    }
}
