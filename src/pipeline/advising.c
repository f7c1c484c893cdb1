/* SPDX-License-Identifier: MIT
 * pipeline/advising.c - whether labels are worth a model of one's own. */
#include "earful/app/review.h"

#include <string.h>

/* Both figures are of labels that were left out. The labels are not drawn evenly, so the
 * gain on all texts may be another; that it is there at all is what is asked. */
static bool is_gain(const ef_own_summary *summary)
{
    const ef_contest *c = &summary->models[1].against_first;
    return c->bounds.high.log_loss < 0 && c->difference.macro_f1 >= 0 &&
           c->difference.accuracy >= 0;
}

static ef_status try_one(const ef_engine *engine, const char *path, unsigned threads,
                         bool only_calibrates, ef_own_summary *summary, bool *is_tried,
                         ef_error *error)
{
    ef_own_options options = {
        .reader = { .inputs = &path, .input_count = 1, .format = "csv", .text = "text" },
        .label = "label",
        .only_calibrates = only_calibrates,
        .threads = threads
    };
    ef_error why = { 0 };
    ef_status status = ef_own_train(engine, &options, summary, &why);
    *is_tried = status == EF_OK;
    if (status == EF_OK || status == EF_ERR_ARGUMENT)
        return EF_OK; /* an argument that does not do here is too few labels */
    if (error != NULL)
        *error = why;
    return status;
}

ef_status ef_review_advise(const ef_engine *engine, const char *labels_path,
                           unsigned threads, ef_review_gain *gain, ef_error *error)
{
    memset(gain, 0, sizeof *gain);
    ef_status status = try_one(engine, labels_path, threads, false, &gain->trained,
                               &gain->is_trained, error);
    if (status == EF_OK)
        status = try_one(engine, labels_path, threads, true, &gain->calibrated,
                         &gain->is_calibrated, error);
    if (status != EF_OK)
        return status;
    bool may_train = gain->is_trained && is_gain(&gain->trained);
    bool may_calibrate = gain->is_calibrated && is_gain(&gain->calibrated);
    /* train calibrates, too: calibrating alone is for labels whose words teach less. */
    bool is_calibration_better =
        may_calibrate && (!may_train || gain->calibrated.models[1].all.log_loss <
                                            gain->trained.models[1].all.log_loss);
    gain->advice = is_calibration_better ? EF_ADVICE_CALIBRATE
                   : may_train           ? EF_ADVICE_TRAIN
                   : gain->is_trained    ? EF_ADVICE_NOT_YET
                                         : EF_ADVICE_LABEL_ON;
    return EF_OK;
}
