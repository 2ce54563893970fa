package io.evenkeel.gitlab;

import io.evenkeel.pipeline.fix.ForgeCommits;
import io.evenkeel.pipeline.fix.PullRequests;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.gitlab4j.api.models.MergeRequest;
import org.gitlab4j.api.models.MergeRequestFilter;
import org.gitlab4j.api.models.MergeRequestParams;
import org.gitlab4j.models.Constants;

/** The merge requests of the project. One thread. */
final class GitlabMergeRequests implements PullRequests {

    private static final String DRAFT = "Draft: ";
    private static final int PAGES = 10;
    private static final int PAGE = 100;

    private final GitlabApi api;
    private final String base;

    GitlabMergeRequests(GitlabApi api, String base) {
        this.api = api;
        this.base = base;
    }

    @Override
    public String base() {
        return base;
    }

    @Override
    public List<Pull> from(String branchPrefix) throws IOException {
        MergeRequestFilter filter = new MergeRequestFilter()
                .withState(Constants.MergeRequestState.ALL)
                .withOrderBy(Constants.MergeRequestOrderBy.CREATED_AT)
                .withSort(Constants.SortOrder.DESC);
        List<Pull> pulls = new java.util.ArrayList<>();
        for (int page = 1; page <= PAGES; page++) {
            int number = page;
            List<MergeRequest> some = api.ask((gitlab, project) -> gitlab.getMergeRequestApi()
                    .getMergeRequests(project, filter, PAGE)
                    .page(number));
            some.stream()
                    // Anybody can name a branch of their fork like ours.
                    .filter(request -> Objects.equals(request.getSourceProjectId(), request.getTargetProjectId()))
                    .filter(request -> request.getSourceBranch().startsWith(branchPrefix))
                    .map(GitlabMergeRequests::read)
                    .forEach(pulls::add);
            if (some.size() < PAGE) {
                break;
            }
        }
        return pulls;
    }

    private static Pull read(MergeRequest request) {
        State state = switch (String.valueOf(request.getState())) {
            case "merged" -> State.MERGED;
            case "closed" -> State.CLOSED;
            default -> State.OPEN;
        };
        String title = request.getTitle();
        return new Pull(
                request.getIid(),
                request.getSourceBranch(),
                state,
                new Text(
                        title.startsWith(DRAFT) ? title.substring(DRAFT.length()) : title,
                        request.getDescription() == null ? "" : request.getDescription()),
                String.valueOf(request.getWebUrl()));
    }

    @Override
    public Pull open(Proposal proposal) throws IOException {
        String title = (proposal.readiness() == Readiness.DRAFT ? DRAFT : "")
                + proposal.text().title();
        MergeRequestParams params = new MergeRequestParams()
                .withSourceBranch(proposal.branch())
                .withTargetBranch(proposal.base())
                .withTitle(title)
                .withDescription(proposal.text().body())
                .withRemoveSourceBranch(true);
        return read(api.tell((gitlab, project) -> gitlab.getMergeRequestApi().createMergeRequest(project, params)));
    }

    @Override
    public void revise(Pull pull, Text text) throws IOException {
        if (text.equals(pull.text())) {
            return;
        }
        MergeRequestParams params = new MergeRequestParams().withDescription(text.body());
        if (!text.title().equals(pull.text().title())) {
            params.withTitle(DRAFT + text.title());
        }
        api.ask((gitlab, project) -> gitlab.getMergeRequestApi().updateMergeRequest(project, pull.number(), params));
    }

    @Override
    public Optional<ForgeCommits> commits() {
        return Optional.empty();
    }
}
