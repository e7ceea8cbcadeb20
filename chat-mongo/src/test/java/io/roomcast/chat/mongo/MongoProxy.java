package io.roomcast.chat.mongo;

import com.mongodb.MongoClientSettings;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import io.roomcast.chat.testkit.FaultProxy;
import io.roomcast.chat.testkit.FaultProxy.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A store whose connections can be cut before or after any of MongoDB's messages. */
final class MongoProxy implements AutoCloseable {
    private static final List<String> COMMANDS =
            List.of("find", "insert", "update", "delete", "findAndModify", "listIndexes", "createIndexes");

    private static final int REQUEST_ID = 4;
    private static final int RESPONSE_TO = 8;

    private final FaultProxy proxy;
    private final MongoClient client;
    private final MongoChatStore.Builder builder;

    @Nullable
    private MongoChatStore store;

    MongoProxy(int targetPort, String database) {
        this(targetPort, database, Clock.systemUTC());
    }

    MongoProxy(int targetPort, String database, Clock clock) {
        this.proxy = new FaultProxy(targetPort, MongoProxy::nextMessage);
        this.client = MongoClients.create(reconnectingQuickly("mongodb://127.0.0.1:" + proxy.port() + "/" + database));
        this.builder = MongoChatStore.builder(client).database(database).clock(clock);
    }

    /** Makes the driver reconnect quickly after a cut; its default is half a second. */
    private static MongoClientSettings reconnectingQuickly(String uri) {
        return MongoClientSettings.builder(MongoUri.parse(uri).settings())
                .applyToServerSettings(settings -> settings.minHeartbeatFrequency(5, TimeUnit.MILLISECONDS))
                .build();
    }

    private static byte @Nullable [] nextMessage(InputStream in) throws IOException {
        byte[] length = in.readNBytes(Integer.BYTES);
        if (length.length < Integer.BYTES) {
            return null;
        }
        int size = ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).getInt();
        byte[] rest = in.readNBytes(size - Integer.BYTES);
        return ByteBuffer.allocate(size).put(length).put(rest).array();
    }

    /** Returns the store, which is opened by the first call. */
    MongoChatStore store() {
        if (store == null) {
            store = builder.build();
        }
        return store;
    }

    /** Calls the decision for each insert from now on. */
    void onInsert(Supplier<Fault> decision) {
        proxy.onRequest(message -> is("insert", message) ? decision.get() : Fault.NONE);
    }

    /** Calls the decision for each insert and update from now on. */
    void onWrite(Supplier<Fault> decision) {
        proxy.onRequest(message -> is("insert", message) || is("update", message) ? decision.get() : Fault.NONE);
    }

    /** Calls the decision for each command that reads or writes documents from now on. */
    void onCommand(Supplier<Fault> decision) {
        on(COMMANDS, decision);
    }

    /** Calls the decision for each of the given commands from now on. */
    void on(List<String> commands, Supplier<Fault> decision) {
        proxy.onRequest(
                message -> commands.stream().anyMatch(command -> is(command, message)) ? decision.get() : Fault.NONE);
    }

    /** Lets some commands pass, loses the answer to the next one with its connection, and cuts every later one. */
    void loseAnswerAfter(int commands) {
        AtomicInteger received = new AtomicInteger();
        AtomicInteger unanswered = new AtomicInteger(-1);
        proxy.onAnswer(answer -> idAt(answer, RESPONSE_TO) == unanswered.get() ? new byte[0] : answer);
        proxy.onRequest(message -> {
            if (COMMANDS.stream().noneMatch(command -> is(command, message))) {
                return Fault.NONE;
            }
            int index = received.getAndIncrement();
            if (index == commands) {
                unanswered.set(idAt(message, REQUEST_ID));
            }
            return index < commands ? Fault.NONE : index == commands ? Fault.CUT_AFTER : Fault.CUT_BEFORE;
        });
    }

    private static int idAt(byte[] message, int offset) {
        return ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN).getInt(offset);
    }

    /** Rewrites the error texts of rejected documents, as another server formats them. */
    void rewriteErrorTexts(UnaryOperator<String> wording) {
        proxy.onAnswer(answer -> new ErrorTextRewriter(wording).apply(answer));
    }

    private static boolean is(String command, byte[] message) {
        String text = new String(message, StandardCharsets.ISO_8859_1);
        return text.contains("\u0002" + command + "\u0000") || text.contains("\u0010" + command + "\u0000");
    }

    @Override
    public void close() {
        client.close();
        proxy.close();
    }
}
