package io.roomcast.chat.mongo;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.DeleteOneModel;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import io.roomcast.chat.model.PendingPush;
import io.roomcast.chat.model.PushDevice;
import io.roomcast.chat.model.QuietHours;
import io.roomcast.chat.spi.DeviceStore;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Collection;
import java.util.Comparator;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * Stores the devices of users, and the newest push notifications of each device in each conversation: the one that is to be
 * sent and the one that the device shows. Safe for use by several threads; every method blocks.
 */
final class DeviceDocuments implements DeviceStore {
    private static final BulkWriteOptions UNORDERED = new BulkWriteOptions().ordered(false);
    private static final Document EARLIEST_FIRST = new Document(DocumentFields.DUE_AT, 1);
    private static final Comparator<PushDevice> LAST_FIRST =
            Comparator.comparing(PushDevice::registeredAt).reversed().thenComparing(PushDevice::id);

    private static final String PLATFORM = "platform";
    private static final String TOKEN = "token";
    private static final String KEYS = "keys";
    private static final String QUIET = "quiet";
    private static final String FROM = "from";
    private static final String TO = "to";
    private static final String TIME_ZONE = "timeZone";
    private static final String LOCALE = "locale";
    private static final String REGISTERED_AT = "registeredAt";
    private static final String REFUSALS = "refusals";
    private static final String DEVICE_ID = "deviceId";

    /** Before the id of what a device shows. Ids of devices have no such part. */
    private static final String SHOWN = "shown/";

    private static final String SENT_AT = "sentAt";

    private final DocumentReader<Document> deviceReader = new DocumentReader<>("devices");
    private final DocumentReader<Document> pushReader = new DocumentReader<>("pushes");
    private final MongoCollection<Document> devices;
    private final MongoCollection<Document> pushes;

    DeviceDocuments(ChatDatabase database) {
        this.devices = database.devices();
        this.pushes = database.pushes();
    }

    @Override
    public void register(PushDevice device, int maxPerUser) {
        Failures.writing(() -> replace(device));
        Failures.afterWrite(() -> removeSurplus(device.userId(), maxPerUser));
    }

    private void replace(PushDevice device) {
        try {
            devices.replaceOne(Documents.byId(device.id()), write(device), new ReplaceOptions().upsert(true));
        } catch (MongoException failure) {
            if (!Failures.isDuplicateKey(failure)) {
                throw failure;
            }
            // Another server has inserted the document meanwhile.
            devices.replaceOne(Documents.byId(device.id()), write(device));
        }
    }

    private void removeSurplus(String userId, int maxPerUser) {
        List<String> surplus = find(List.of(userId)).stream()
                .sorted(LAST_FIRST)
                .skip(maxPerUser)
                .map(PushDevice::id)
                .toList();
        if (!surplus.isEmpty()) {
            remove(userId, surplus);
        }
    }

    private List<PushDevice> find(Collection<String> userIds) {
        Object wanted = userIds.size() == 1 ? userIds.iterator().next() : new Document("$in", List.copyOf(userIds));
        return deviceReader.all(
                Reads.find(devices, new Document(DocumentFields.USER_ID, wanted)), DeviceDocuments::readDevice);
    }

    @Override
    public Map<String, List<PushDevice>> of(Collection<String> userIds) {
        return Failures.translating(
                () -> find(userIds).stream().sorted(LAST_FIRST).collect(Collectors.groupingBy(PushDevice::userId)));
    }

    @Override
    public boolean remove(String userId, Collection<String> deviceIds) {
        Document wanted = Documents.byIds(deviceIds).append(DocumentFields.USER_ID, userId);
        return Failures.writing(() -> devices.deleteMany(wanted).getDeletedCount() > 0);
    }

    @Override
    public void removeAll(String userId) {
        Document wanted = new Document(DocumentFields.USER_ID, userId);
        Failures.writing(() -> new Sweep(devices).remove(wanted));
        Failures.afterWrite(() -> new Sweep(pushes).remove(wanted));
    }

    @Override
    public void remove(PushDevice device) {
        Failures.writing(() -> devices.deleteOne(registered(device)));
    }

    private static Document registered(PushDevice device) {
        return Documents.byId(device.id()).append(REGISTERED_AT, Date.from(device.registeredAt()));
    }

    @Override
    public void updateRefusals(PushDevice device) {
        Document change = new Document("$set", new Document(REFUSALS, device.refusals()));
        Failures.writing(() -> devices.updateOne(registered(device), change));
    }

    @Override
    public void savePushes(Collection<PendingPush> saved) {
        if (!saved.isEmpty()) {
            Failures.writing(
                    () -> save(saved.stream().map(DeviceDocuments::saving).toList()));
        }
    }

    private void save(List<UpdateOneModel<Document>> updates) {
        try {
            pushes.bulkWrite(updates, UNORDERED);
        } catch (MongoBulkWriteException failure) {
            requireDuplicates(failure);
            saveAgain(updates);
        }
    }

    /** Another server has inserted a document meanwhile, or the stored one is of a newer message. */
    private void saveAgain(List<UpdateOneModel<Document>> updates) {
        try {
            pushes.bulkWrite(updates, UNORDERED);
        } catch (MongoBulkWriteException newer) {
            requireDuplicates(newer);
        }
    }

    private static void requireDuplicates(MongoBulkWriteException failure) {
        if (!Failures.areDuplicateKeysOnly(failure)) {
            throw failure;
        }
    }

    private static UpdateOneModel<Document> saving(PendingPush push) {
        return new UpdateOneModel<>(
                notNewer(push), new Document("$set", write(push)), new UpdateOptions().upsert(true));
    }

    private static Document notNewer(PendingPush push) {
        return Documents.byId(idOf(push)).append(DocumentFields.SEQ, new Document("$lte", push.seq()));
    }

    private static String idOf(PendingPush push) {
        String id = idOf(push.deviceId(), push.conversationId());
        return push.isShown() ? SHOWN + id : id;
    }

    private static String idOf(String deviceId, String conversationId) {
        return deviceId + "/" + conversationId;
    }

    @Override
    public List<PendingPush> pushes(Collection<String> deviceIds, String conversationId) {
        List<String> ids = deviceIds.stream()
                .map(deviceId -> idOf(deviceId, conversationId))
                .flatMap(id -> Stream.of(id, SHOWN + id))
                .toList();
        return Failures.translating(
                () -> pushReader.all(Reads.find(pushes, Documents.byIds(ids)), DeviceDocuments::readPush));
    }

    @Override
    public List<PendingPush> duePushes(Instant now, Collection<String> platforms, int limit) {
        Document wanted = new Document(DocumentFields.DUE_AT, new Document("$lte", Date.from(now)))
                .append(PLATFORM, new Document("$in", List.copyOf(platforms)));
        return Failures.translating(() -> pushReader.page(
                limit, asked -> Reads.page(pushes, wanted, asked).sort(EARLIEST_FIRST), DeviceDocuments::readPush));
    }

    @Override
    public boolean replacePush(PendingPush before, PendingPush after) {
        Document expected = Documents.byId(idOf(before));
        write(before).forEach(expected::append);
        return Failures.writing(() ->
                pushes.updateOne(expected, new Document("$set", write(after))).getMatchedCount() == 1);
    }

    @Override
    public void removePushes(Collection<PendingPush> removed) {
        List<DeleteOneModel<Document>> deletions = removed.stream()
                .map(push -> new DeleteOneModel<Document>(notNewer(push)))
                .toList();
        if (!deletions.isEmpty()) {
            Failures.writing(() -> pushes.bulkWrite(deletions, UNORDERED));
        }
    }

    private static Document write(PushDevice device) {
        Document written = new Document(DocumentFields.USER_ID, device.userId())
                .append(PLATFORM, device.platform())
                .append(TOKEN, device.token())
                .append(KEYS, new Document(new HashMap<>(device.keys())));
        QuietHours quiet = device.quiet();
        if (quiet != null) {
            written.append(
                    QUIET,
                    new Document(FROM, quiet.from().toString())
                            .append(TO, quiet.to().toString())
                            .append(TIME_ZONE, quiet.timeZone().getId()));
        }
        Documents.append(written, LOCALE, device.locale());
        return written.append(REGISTERED_AT, Date.from(device.registeredAt()))
                .append(REFUSALS, device.refusals())
                .append(DocumentFields.EXPIRES_AT, Date.from(device.expiresAt()));
    }

    /** Returns the device that a document holds. */
    static PushDevice readDevice(Document stored) {
        Map<String, String> keys = new HashMap<>();
        stored.get(KEYS, new Document())
                .keySet()
                .forEach(name -> keys.put(name, DocumentReader.text(stored.get(KEYS, Document.class), name)));
        return new PushDevice(
                DocumentReader.text(stored, DocumentFields.ID),
                DocumentReader.text(stored, DocumentFields.USER_ID),
                DocumentReader.text(stored, PLATFORM),
                DocumentReader.text(stored, TOKEN),
                keys,
                readQuiet(stored.get(QUIET, Document.class)),
                stored.getString(LOCALE),
                Documents.instant(stored, REGISTERED_AT),
                Math.toIntExact(Documents.whole(stored, REFUSALS)));
    }

    private static @Nullable QuietHours readQuiet(@Nullable Document stored) {
        return stored == null
                ? null
                : new QuietHours(
                        LocalTime.parse(DocumentReader.text(stored, FROM)),
                        LocalTime.parse(DocumentReader.text(stored, TO)),
                        ZoneId.of(DocumentReader.text(stored, TIME_ZONE)));
    }

    private static Document write(PendingPush push) {
        return new Document(DEVICE_ID, push.deviceId())
                .append(PLATFORM, push.platform())
                .append(DocumentFields.USER_ID, push.userId())
                .append(DocumentFields.CONVERSATION_ID, push.conversationId())
                .append(DocumentFields.SEQ, push.seq())
                .append(SENT_AT, Date.from(push.sentAt()))
                .append(DocumentFields.ATTEMPTS, push.attempts())
                .append(DocumentFields.DUE_AT, Date.from(push.dueAt()))
                .append(DocumentFields.EXPIRES_AT, Date.from(push.expiresAt()));
    }

    /** Returns the notification that a document holds. */
    static PendingPush readPush(Document stored) {
        return new PendingPush(
                DocumentReader.text(stored, DEVICE_ID),
                DocumentReader.text(stored, PLATFORM),
                DocumentReader.text(stored, DocumentFields.USER_ID),
                DocumentReader.text(stored, DocumentFields.CONVERSATION_ID),
                Documents.whole(stored, DocumentFields.SEQ),
                Documents.instant(stored, SENT_AT),
                Math.toIntExact(Documents.whole(stored, DocumentFields.ATTEMPTS)),
                Documents.instant(stored, DocumentFields.DUE_AT));
    }
}
