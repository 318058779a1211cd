#ifndef JOB_IMPORT_JOB_H
#define JOB_IMPORT_JOB_H

#include "job/job.h"

/** Read the file that was sent in, as its options say. The result is the importer's report. */
job_fn import_job;

#endif
