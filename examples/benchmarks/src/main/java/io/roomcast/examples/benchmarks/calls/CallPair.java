package io.roomcast.examples.benchmarks.calls;

import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Two users who call each other in a direct conversation. For one thread. */
final class CallPair implements AutoCloseable {
    /** The offers, answers and candidates of one call. */
    static final int SIGNALS = 40;

    private static final int ROUNDS = 2;
    private static final int CANDIDATES = 9;
    private static final int SDP_LENGTH = 2_500;
    private static final long LIMIT_SECONDS = 30;
    private static final String SDP = "v".repeat(SDP_LENGTH);
    private static final String CANDIDATE =
            "[{\"candidate\":\"candidate:1 1 udp 2122260223 192.0.2.1 56143 typ host\",\"sdpMid\":\"0\",\"sdpMLineIndex\":0}]";

    private final CallClient caller;
    private final CallClient callee;
    private final String conversation;

    private CallPair(CallClient caller, CallClient callee, String conversation) {
        this.caller = caller;
        this.callee = callee;
        this.conversation = conversation;
    }

    /** Connects two new users, and creates their conversation. */
    static CallPair connect(HttpClient http, InetSocketAddress server, String name) throws Exception {
        CallClient caller = await(CallClient.connect(http, server, name + "-a"));
        CallClient callee = await(CallClient.connect(http, server, name + "-b"));
        String created = await(
                caller.ask("createConversation", "{\"kind\":\"direct\",\"memberIds\":[\"" + callee.userId() + "\"]}"));
        return new CallPair(
                caller, callee, "\"conversationId\":\"" + CallClient.field(created, "conversationId") + "\"");
    }

    private static <T> T await(CompletableFuture<T> future) throws Exception {
        return future.get(LIMIT_SECONDS, TimeUnit.SECONDS);
    }

    /** Begins a call. Returns what completes when it rings. */
    CompletableFuture<String> ring() {
        CompletableFuture<String> rings = callee.nextCall();
        CompletableFuture<String> started = caller.ask("startCall", "{" + conversation + ",\"media\":\"video\"}");
        return started.whenComplete((answer, failure) -> {
                    if (failure != null) {
                        rings.completeExceptionally(failure);
                    }
                })
                .thenCombine(rings, (answer, callId) -> answer);
    }

    /** Makes a whole call: it rings, is answered, connects by offers, answers and candidates, and ends. */
    void call() throws Exception {
        String started = await(ring());
        String call = "\"callId\":\"" + CallClient.field(started, "callId") + "\"";
        String accepted = await(callee.ask("acceptCall", "{" + call + "}"));
        String toCaller = call + ",\"to\":\"" + CallClient.field(started, "participantId") + "\"";
        String toCallee = call + ",\"to\":\"" + CallClient.field(accepted, "participantId") + "\"";
        for (int round = 0; round < ROUNDS; round++) {
            await(callee.ask("signalCall", signal(toCaller, "offer", "{\"type\":\"offer\",\"sdp\":\"" + SDP + "\"}")));
            await(caller.ask(
                    "signalCall", signal(toCallee, "answer", "{\"type\":\"answer\",\"sdp\":\"" + SDP + "\"}")));
            sendCandidates(toCaller, toCallee);
        }
        await(caller.ask("updateCall", "{" + call + ",\"connected\":true}"));
        await(callee.ask("updateCall", "{" + call + ",\"connected\":true}"));
        await(caller.ask("endCall", "{" + call + "}"));
    }

    private void sendCandidates(String toCaller, String toCallee) throws Exception {
        List<CompletableFuture<String>> answers = new ArrayList<>();
        for (int i = 0; i < CANDIDATES; i++) {
            answers.add(callee.ask("signalCall", signal(toCaller, "candidates", CANDIDATE)));
            answers.add(caller.ask("signalCall", signal(toCallee, "candidates", CANDIDATE)));
        }
        for (CompletableFuture<String> answer : answers) {
            await(answer);
        }
    }

    private static String signal(String to, String kind, String data) {
        return "{" + to + ",\"kind\":\"" + kind + "\",\"data\":" + data + "}";
    }

    @Override
    public void close() {
        caller.close();
        callee.close();
    }
}
