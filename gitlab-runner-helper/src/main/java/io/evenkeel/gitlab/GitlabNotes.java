package io.evenkeel.gitlab;

import io.evenkeel.gitlab.GitlabApi.GitlabRefusal;
import io.evenkeel.pipeline.host.CommentThread;
import java.io.IOException;
import java.util.List;
import org.gitlab4j.api.models.Note;

/** The notes under a merge request. One thread. */
final class GitlabNotes implements CommentThread {

    private final GitlabApi api;
    private final long request;
    private final String url;

    /**
     * @param url page of the merge request
     */
    GitlabNotes(GitlabApi api, long request, String url) {
        this.api = api;
        this.request = request;
        this.url = url;
    }

    @Override
    public String me() throws IOException {
        return api.ask((gitlab, project) -> gitlab.getUserApi().getCurrentUser())
                .getUsername();
    }

    @Override
    public List<Comment> all() throws IOException {
        return api.ask((gitlab, project) -> gitlab.getNotesApi().getMergeRequestNotes(project, request)).stream()
                .filter(note -> !Boolean.TRUE.equals(note.getSystem()))
                .map(this::read)
                .toList();
    }

    @Override
    public Comment write(String body) throws IOException {
        return read(api.tell(
                (gitlab, project) -> gitlab.getNotesApi().createMergeRequestNote(project, request, body, null, false)));
    }

    @Override
    public void replace(long id, String body) throws IOException {
        api.ask((gitlab, project) -> gitlab.getNotesApi().updateMergeRequestNote(project, request, id, body));
    }

    @Override
    public void remove(long id) throws IOException {
        try {
            api.ask((gitlab, project) -> {
                gitlab.getNotesApi().deleteMergeRequestNote(project, request, id);
                return true;
            });
        } catch (GitlabRefusal e) {
            if (e.code() != 404) {
                throw e;
            }
        }
    }

    private Comment read(Note note) {
        String author = note.getAuthor() == null ? "" : note.getAuthor().getUsername();
        String body = note.getBody() == null ? "" : note.getBody();
        return new Comment(note.getId(), author, body, url + "#note_" + note.getId());
    }
}
