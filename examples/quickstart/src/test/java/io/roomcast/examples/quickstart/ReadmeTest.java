package io.roomcast.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.codahale.metrics.MetricRegistry;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import io.dropwizard.lifecycle.setup.LifecycleEnvironment;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.NewConversation;
import io.roomcast.chat.model.Principal;
import io.roomcast.chat.mongo.MongoChatStore;
import io.roomcast.chat.socketio.ChatServer;
import io.roomcast.chat.spi.AccessPolicy;
import io.roomcast.chat.spi.ChatStore;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import org.eclipse.jetty.util.component.ContainerLifeCycle;
import org.junit.jupiter.api.Test;

/** Runs the samples of the documents. */
class ReadmeTest {
    private static final int PORT = 3001;
    private static final String TOKEN = "alice's";

    @Test
    void samples_are_the_code_that_runs() throws Exception {
        Sample.QUICKSTART.isIn(Quickstart.class);
        Sample.PRODUCTION.runsIn(getClass());
        Sample.QUARKUS.runsIn(QuarkusChat.class);
        Sample.DROPWIZARD.runsIn(DropwizardChat.class);
        Sample.SERVER_TEST.runsIn(AnnouncementTest.class);
        Sample.PORT_TEST.runsIn(QuietHoursTest.class);
        Sample.STORES.runsIn(getClass());
        Sample.OWN_EVENTS.runsIn(OwnEventsTest.class);
        Sample.SERVICE.runsIn(OwnEventsTest.class);
        Sample.USERS.runsIn(UsersAndMessagesTest.class);
        Sample.MESSAGES.runsIn(UsersAndMessagesTest.class);
        Sample.FOLLOWER.runsIn(FollowerTest.class);
        Sample.WEBHOOK.runsIn(FollowerTest.class);
    }

    @Test
    void quickstart_welcomes() throws Exception {
        assumeTrue(isFree(PORT), "port " + PORT + " is in use");
        Quickstart.main(new String[0]);
        assertThat(new Visitor(PORT, TOKEN).messages().body()).contains("\"content\":\"Welcome\"");
    }

    private static boolean isFree(int port) {
        try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return probe.isBound();
        } catch (IOException taken) {
            return false;
        }
    }

    @Test
    void production_server_admits_known_users_alone() throws Exception {
        MongoServer mongo = new MongoServer(new MemoryBackend());
        String uri = "mongodb://127.0.0.1:" + mongo.bind().getPort() + "/chat";
        try (ChatServer server = started(uri)) {
            server.chat().create(NewConversation.group("conversation-1", "Kitchen", List.of("alice", "bob")));

            new Visitor(server.port(), TOKEN).chats();
            assertThat(new Visitor(server.port(), "forged").messages().statusCode())
                    .isEqualTo(401);
        } finally {
            mongo.shutdownNow();
        }
    }

    private static ChatServer started(String uri) {
        ChatServer server = ChatServer.builder()
                .port(0)
                .store(MongoChatStore.connect(uri))
                .authenticator(token -> Principal.of(verify(token)))
                .accessPolicy(AccessPolicy.membersOnly())
                .allowedOrigins("https://app.example.com")
                .build()
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(server::close));
        return server;
    }

    private static String verify(String token) {
        if (token.equals(TOKEN)) {
            return "alice";
        }
        throw ChatException.of(ErrorCode.UNAUTHENTICATED);
    }

    @Test
    void stores_open() {
        MongoServer mongo = new MongoServer(new MemoryBackend());
        String uri = "mongodb://127.0.0.1:" + mongo.bind().getPort() + "/chat";
        try (MongoClient client = MongoClients.create(uri)) {
            ChatStore store = MongoChatStore.connect(uri);
            ChatStore other = MongoChatStore.builder(client).database("chat").build();
            assertThat(other.epoch()).isEqualTo(store.epoch());
            store.close();
        } finally {
            mongo.shutdownNow();
        }
    }

    @Test
    void quarkus_bean_lives_as_long_as_the_application() throws Exception {
        try (SeContainer container = SeContainerInitializer.newInstance()
                .disableDiscovery()
                .addBeanClasses(QuarkusChat.class)
                .initialize()) {
            container.getBeanManager().getEvent().fire(new StartupEvent());
            Visitor alice =
                    new Visitor(container.select(QuarkusChat.class).get().server.port(), TOKEN);
            alice.chats();

            container.getBeanManager().getEvent().fire(new ShutdownEvent());
            alice.cannotConnect();
        }
    }

    @Test
    void dropwizard_manages_it() throws Exception {
        LifecycleEnvironment lifecycle = new LifecycleEnvironment(new MetricRegistry());
        DropwizardChat chat = new DropwizardChat();
        lifecycle.manage(chat);
        ContainerLifeCycle container = new ContainerLifeCycle();
        lifecycle.attach(container);

        container.start();
        Visitor alice = new Visitor(chat.server.port(), TOKEN);
        alice.chats();

        container.stop();
        alice.cannotConnect();
    }
}
