package io.roomcast.chat.mongo;

import com.mongodb.MongoException;
import com.mongodb.MongoSecurityException;
import com.mongodb.MongoTimeoutException;
import com.mongodb.ServerAddress;
import com.mongodb.WriteConcern;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoDatabase;
import com.mongodb.connection.ClusterSettings;
import com.mongodb.connection.ClusterType;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What happens once with a database before it is used: reach it, make its indexes, and learn its epoch. */
final class Startup {
    private static final Logger log = LoggerFactory.getLogger(MongoChatStore.class);

    private static final String SINGLE_SERVER = " is a single server: what it acknowledges is as safe as its disk, and"
            + " the driver cannot repeat a write whose answer was lost; use a replica set in production";

    private static final String WEAK_CONCERN = ", so what it acknowledges may be lost when the primary changes; chats"
            + " are written with w=majority all the same, data of the host's own are not";

    private static final String NO_READ_TIMEOUT = " has no read timeout, so the chat ends each command of its own after"
            + " %s s; set socketTimeoutMS, such as 5000, so that a server that has fallen silent is noticed sooner";

    private Startup() {}

    /**
     * Prepares the database.
     *
     * @param clock determines when a dead node's lease has expired
     * @return the epoch
     * @throws IllegalStateException if it cannot be reached or used; the message is one line, names the hosts, and
     *     never
     *     holds a credential
     */
    static String prepare(MongoClient client, ChatDatabase database, Clock clock) {
        try {
            database.ping();
            ClusterType cluster = client.getClusterDescription().getType();
            WriteConcern concern = client.getDatabase(database.name()).getWriteConcern();
            warnings(hosts(client), cluster, concern).forEach(log::warn);
            prepare(database, client.getDatabase("admin"), clock);
            return Repeat.once(() -> Epoch.of(database.meta()));
        } catch (MongoException failure) {
            throw new IllegalStateException(
                    "MongoDB at " + hosts(client) + " " + reason(failure, database.name()), failure);
        }
    }

    private static void prepare(ChatDatabase database, MongoDatabase admin, Clock clock) {
        IndexBuild indexes = new IndexBuild(database, admin);
        MessageLog log = new MessageLog(database.messages(), clock);
        Schema schema = new Schema(database, clock, List.of(new ErasableMigration(database, log, indexes)));
        schema.check();
        DocumentCheck.check(database);
        schema.migrate();
        indexes.run();
        ExpiryDelay.ensure(database);
    }

    /** Sets a time limit for each command if the client has none, so that no command waits forever. */
    static ChatDatabase limited(MongoClient client, ChatDatabase database, Duration limit) {
        if (ClientTimeouts.areSet(client)) {
            return database;
        }
        log.warn("The client of MongoDB at {}{}", hosts(client), NO_READ_TIMEOUT.formatted(limit.toSeconds()));
        return database.limitedTo(limit);
    }

    /**
     * What a host should know of its database.
     *
     * @param hosts how to name it
     * @param concern the write concern that the host's client uses for what is not ours
     */
    static List<String> warnings(String hosts, ClusterType cluster, WriteConcern concern) {
        List<String> warnings = new ArrayList<>();
        if (cluster == ClusterType.STANDALONE) {
            warnings.add("MongoDB at " + hosts + SINGLE_SERVER);
        }
        if (isWeak(concern)) {
            warnings.add("The client of MongoDB at " + hosts + " writes with w=" + concern.getWObject() + WEAK_CONCERN);
        }
        return warnings;
    }

    /** Of other numbers only the cluster knows whether they are a majority. */
    private static boolean isWeak(WriteConcern concern) {
        return concern.getWObject() instanceof Integer members && members <= 1;
    }

    private static String reason(MongoException failure, String database) {
        if (failure instanceof MongoSecurityException) {
            return "refused the credentials";
        }
        if (failure instanceof MongoTimeoutException) {
            return "cannot be reached";
        }
        String code = failure.getCode() > 0 ? ", code " + failure.getCode() : "";
        return "cannot use the database " + database + " (" + failure.getClass().getSimpleName() + code + ")";
    }

    private static String hosts(MongoClient client) {
        ClusterSettings settings = client.getClusterDescription().getClusterSettings();
        String srvHost = settings.getSrvHost();
        return srvHost != null
                ? srvHost
                : settings.getHosts().stream().map(ServerAddress::toString).collect(Collectors.joining(","));
    }
}
