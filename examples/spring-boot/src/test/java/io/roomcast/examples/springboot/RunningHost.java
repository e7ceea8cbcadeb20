package io.roomcast.examples.springboot;

import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import io.roomcast.chat.ChatService;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** The running application on free ports, with a separate database. */
final class RunningHost implements AutoCloseable {
    private final HttpClient http = HttpClient.newHttpClient();
    private final MongoServer mongo = new MongoServer(new MemoryBackend());
    private final ConfigurableApplicationContext context;

    RunningHost() {
        String uri = "mongodb://127.0.0.1:" + mongo.bind().getPort() + "/?serverSelectionTimeoutMS=500";
        context = SpringApplication.run(
                HostApplication.class,
                "--server.port=0",
                "--chat.port=0",
                "--chat.token-secret=" + TestTokens.SECRET,
                "--spring.mongodb.uri=" + uri,
                // This database does not support the command of Spring Boot's own health check.
                "--management.health.mongodb.enabled=false",
                "--spring.main.banner-mode=off",
                "--logging.level.root=warn");
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    ChatService chat() {
        return bean(ChatLifecycle.class).chat();
    }

    int chatPort() {
        return bean(ChatLifecycle.class).port();
    }

    /** Sends a request to a web endpoint; an empty token is not sent. */
    HttpResponse<String> get(String path, String token) throws IOException, InterruptedException {
        return http.send(request(path, token).build(), BodyHandlers.ofString());
    }

    HttpResponse<String> post(String path, String token, String json) throws IOException, InterruptedException {
        return http.send(
                request(path, token)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(json))
                        .build(),
                BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path, String token) {
        int port = Integer.parseInt(context.getEnvironment().getRequiredProperty("local.server.port"));
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
        return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
    }

    /** Stops the database. */
    void loseDatabase() {
        mongo.shutdownNow();
    }

    /** Stops and restarts the context. */
    void restart() {
        context.stop();
        context.start();
    }

    @Override
    public void close() {
        context.close();
        mongo.shutdownNow();
    }
}
