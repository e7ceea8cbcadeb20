package io.roomcast.examples.chatserver;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.roomcast.examples.chatserver.Ledger.Entry;
import io.socket.client.Ack;
import io.socket.client.IO;
import io.socket.client.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import okhttp3.OkHttpClient;
import org.json.JSONException;
import org.json.JSONObject;

/** A Socket.IO client that joins its room, reconnects, and records the messages that it receives. */
final class SocketIoChannel implements RetryingSender.Channel {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long MIN_RECONNECT_MILLIS = 40;
    private static final long MAX_RECONNECT_MILLIS = 200;

    private final List<Entry> received = new ArrayList<>();
    private final String conversationId;
    private final OkHttpClient http = new OkHttpClient();
    private final Socket socket;
    private RetryingSender.Listener current;

    SocketIoChannel(String url, String conversationId, String... transports) {
        this.conversationId = conversationId;
        this.socket = IO.socket(URI.create(url), options(transports));
        socket.on(Socket.EVENT_CONNECT, nothing -> socket.emit("joinRoom", conversationId));
        socket.on(Socket.EVENT_DISCONNECT, reason -> disconnected());
        socket.on("receiveMessage", arguments -> received(arguments[0]));
        socket.connect();
    }

    /** Uses a separate HTTP client, because a shared one limits concurrent requests to five in total. */
    private IO.Options options(String... transports) {
        IO.Options options = IO.Options.builder()
                .setForceNew(true)
                .setReconnectionDelay(MIN_RECONNECT_MILLIS)
                .setReconnectionDelayMax(MAX_RECONNECT_MILLIS)
                .setTransports(transports)
                .build();
        options.callFactory = http;
        options.webSocketFactory = http;
        return options;
    }

    @Override
    public void send(ObjectNode message, RetryingSender.Listener listener) {
        synchronized (this) {
            current = listener;
        }
        socket.emit("sendMessage", new Object[] {objectOf(message)}, (Ack)
                arguments -> listener.answered(nodeOf(arguments[0])));
    }

    /** Reports the current message as lost. The client buffers later ones until it has reconnected. */
    private synchronized void disconnected() {
        if (current != null) {
            current.lost();
        }
    }

    private synchronized void received(Object event) {
        received.add(Entry.of(nodeOf(event).path("message")));
    }

    /** Returns all messages so far, in the order of their arrival. */
    synchronized List<Entry> received() {
        return List.copyOf(received);
    }

    String conversationId() {
        return conversationId;
    }

    private static JSONObject objectOf(ObjectNode node) {
        try {
            return new JSONObject(node.toString());
        } catch (JSONException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static JsonNode nodeOf(Object object) {
        try {
            return JSON.readTree(object.toString());
        } catch (JsonProcessingException malformed) {
            throw new IllegalStateException(malformed);
        }
    }

    @Override
    public void close() {
        socket.disconnect();
        http.dispatcher().executorService().shutdown();
        http.connectionPool().evictAll();
    }
}
