package io.roomcast.chat.socketio.host;

import io.roomcast.chat.socketio.ChatServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** Builds a server, starts it, serves a polling client and stops. Prints each completed step. */
final class HostMain {
    private HostMain() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        ChatServer server;
        try {
            server = ChatServer.builder().port(0).build();
        } catch (IllegalArgumentException refused) {
            System.out.println("rejected: " + refused.getMessage());
            return;
        }
        System.out.println("built");
        try (server) {
            server.start();
            System.out.println("answered " + visit(server.port()));
        }
    }

    private static int visit(int port) throws IOException, InterruptedException {
        URI polling = URI.create("http://localhost:" + port + "/socket.io/?EIO=4&transport=polling");
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(polling).build(), HttpResponse.BodyHandlers.ofString())
                .statusCode();
    }
}
