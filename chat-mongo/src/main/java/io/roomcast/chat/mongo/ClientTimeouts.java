package io.roomcast.chat.mongo;

import com.mongodb.MongoClientSettings;
import com.mongodb.client.MongoClient;
import java.lang.reflect.InvocationTargetException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Reads from a client how long it waits for an answer. */
final class ClientTimeouts {
    private ClientTimeouts() {}

    /** Whether a command of the client ends when the server takes it and then stays silent. */
    static boolean areSet(MongoClient client) {
        @Nullable Long timeout = client.getTimeout(TimeUnit.MILLISECONDS);
        return timeout != null ? timeout > 0 : hasReadTimeout(client);
    }

    /** The driver's public interfaces do not say; its own client does, and another one counts as one without. */
    private static boolean hasReadTimeout(MongoClient client) {
        try {
            return client.getClass().getMethod("getSettings").invoke(client) instanceof MongoClientSettings settings
                    && settings.getSocketSettings().getReadTimeout(TimeUnit.MILLISECONDS) > 0;
        } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException unknown) {
            return false;
        }
    }
}
