package io.roomcast.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.command.CancelUpload;
import io.roomcast.chat.command.FinishUpload;
import io.roomcast.chat.command.GetUpload;
import io.roomcast.chat.command.ReportUpload;
import io.roomcast.chat.command.SendMessage;
import io.roomcast.chat.command.StartUpload;
import io.roomcast.chat.fixture.Answer;
import io.roomcast.chat.fixture.ChatFixture;
import io.roomcast.chat.fixture.TestSession;
import io.roomcast.chat.model.Attachment;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.MessageType;
import io.roomcast.chat.model.NewConversation;
import io.roomcast.chat.model.StoredFile;
import io.roomcast.chat.model.UploadState.Status;
import io.roomcast.chat.spi.AccessPolicy;
import io.roomcast.chat.spi.AttachmentStore;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Files whose bytes clients send to the host's own storage. */
class DirectUploadsTest {
    private static final int SIZE = 3;

    private final InMemoryStorage storage = new InMemoryStorage();
    private final AttachmentStore store = AttachmentStore.direct(AttachmentStore.inMemory(), storage);
    private final ChatFixture chat =
            ChatFixture.with(builder -> builder.attachments(store).accessPolicy(AccessPolicy.membersOnly()));
    private final TestSession ann = chat.user("ann");
    private final TestSession bob = chat.user("bob");

    @BeforeEach
    void createGroup() {
        chat.chat().create(NewConversation.group("g", "Group", List.of("ann", "bob")));
    }

    @AfterEach
    void close() {
        chat.close();
    }

    private StartUpload.Started start() {
        return chat.run(ann, new StartUpload("g", "a.png", SIZE, "image/png", "key"))
                .result();
    }

    private String stored() {
        String id = start().file().id();
        storage.objects.put(id, new byte[SIZE]);
        return id;
    }

    private Answer<StartUpload.Started> finish(TestSession session, String id) {
        return chat.run(session, new FinishUpload(id));
    }

    private ErrorCode refusal(Answer<?> answer) {
        return answer.refusal().code();
    }

    private Answer<SendMessage.Sent> send(StoredFile file) {
        Attachment attachment = new Attachment(file.url(), null, null, null);
        return chat.run(ann, SendMessage.of("g", null, MessageType.FILE, "", attachment, "message"));
    }

    @Test
    void client_learns_where_the_bytes_go_until_they_are_there() {
        StartUpload.Started started = start();
        assertThat(started.direct()).isEqualTo(storage.upload(started.file()));
        assertThat(start()).isEqualTo(started);
        storage.objects.put(started.file().id(), new byte[SIZE]);
        assertThat(finish(ann, started.file().id()).result().direct()).isNull();
    }

    @Test
    void stored_file_is_finished_and_sent() {
        StoredFile file = finish(ann, stored()).result().file();
        assertThat(file.state().status()).isEqualTo(Status.READY);
        assertThat(finish(ann, file.id()).result().file()).isEqualTo(file);
        assertThat(send(file).result().message().attachment())
                .isEqualTo(new Attachment(file.url(), "a.png", (long) SIZE, "image/png"));
    }

    @Test
    void message_of_the_upload_is_sent_when_it_is_finished() {
        SendMessage message = new SendMessage(
                "g", null, MessageType.IMAGE, "look", List.of(), "one", null, List.of(), null, null, null, null);
        StartUpload start = new StartUpload("g", "a.png", SIZE, "image/png", null, message);
        String id = chat.run(ann, start).result().file().id();
        chat.run(ann, new ReportUpload(id, 2)).result();
        assertThat(refusal(finish(ann, id))).isEqualTo(ErrorCode.CONFLICT);
        storage.objects.put(id, new byte[SIZE]);
        assertThat(finish(ann, id).result().file().state().status().isSent()).isTrue();
    }

    @Test
    void file_that_the_storage_does_not_have_cannot_be_finished() {
        StoredFile file = start().file();
        assertThat(refusal(finish(ann, file.id()))).isEqualTo(ErrorCode.CONFLICT);
        storage.objects.put(file.id(), new byte[SIZE - 1]);
        assertThat(refusal(finish(ann, file.id()))).isEqualTo(ErrorCode.CONFLICT);
        assertThat(refusal(send(file))).isEqualTo(ErrorCode.INVALID_PAYLOAD);
    }

    @Test
    void reports_are_those_of_the_uploader_about_its_file() {
        String id = start().file().id();
        chat.run(ann, new ReportUpload(id, SIZE)).result();
        assertThat(refusal(chat.run(ann, new ReportUpload(id, SIZE + 1)))).isEqualTo(ErrorCode.INVALID_PAYLOAD);
        assertThat(refusal(chat.run(ann, new ReportUpload(id, -1)))).isEqualTo(ErrorCode.INVALID_PAYLOAD);
        assertThat(refusal(chat.run(bob, new ReportUpload(id, 1)))).isEqualTo(ErrorCode.UPLOAD_NOT_FOUND);
        assertThat(refusal(finish(bob, id))).isEqualTo(ErrorCode.UPLOAD_NOT_FOUND);
        assertThat(refusal(finish(ann, "unknown"))).isEqualTo(ErrorCode.UPLOAD_NOT_FOUND);
    }

    @Test
    void cancelled_file_leaves_the_storage() {
        String id = stored();
        chat.run(ann, new CancelUpload(id)).result();
        assertThat(storage.objects).isEmpty();
        assertThat(refusal(chat.run(ann, new GetUpload(id)))).isEqualTo(ErrorCode.UPLOAD_NOT_FOUND);
    }

    @Test
    void upload_to_the_server_itself_needs_no_reports() {
        try (ChatFixture own = ChatFixture.with(builder -> builder.attachments(AttachmentStore.inMemory()))) {
            TestSession user = own.user("ann");
            StartUpload.Started started =
                    own.run(user, new StartUpload("g", "a", SIZE, null, null)).result();
            String id = started.file().id();
            assertThat(started.direct()).isNull();
            assertThat(refusal(own.run(user, new ReportUpload(id, 1)))).isEqualTo(ErrorCode.CONFLICT);
            assertThat(refusal(own.run(user, new FinishUpload(id)))).isEqualTo(ErrorCode.CONFLICT);
        }
    }
}
