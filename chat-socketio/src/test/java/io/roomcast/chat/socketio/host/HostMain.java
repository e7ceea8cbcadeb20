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

    /** Opens a polling session and leaves it, so that the server does not wait for its client when it stops. */
    private static int visit(int port) throws IOException, InterruptedException {
        HttpClient client = HttpClient.newHttpClient();
        String polling = "http://localhost:" + port + "/socket.io/?EIO=4&transport=polling";
        HttpResponse<String> opened =
                client.send(HttpRequest.newBuilder(URI.create(polling)).build(), HttpResponse.BodyHandlers.ofString());
        String sid = opened.body().replaceAll(".*\"sid\":\"([^\"]+)\".*", "$1");
        client.send(
                HttpRequest.newBuilder(URI.create(polling + "&sid=" + sid))
                        .POST(HttpRequest.BodyPublishers.ofString("1"))
                        .build(),
                HttpResponse.BodyHandlers.discarding());
        return opened.statusCode();
    }
}
