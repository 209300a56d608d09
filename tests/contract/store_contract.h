// What every store promises, as tests. Included once per binary, which then names its own harness
// with INSTANTIATE_TEST_SUITE_P; a store that passes here may stand in for any other.
#pragma once

#include "tests/contract/contact_contract.h"
#include "tests/contract/erasure_contract.h"
#include "tests/contract/identity_contract.h"
#include "tests/contract/instruction_contract.h"
#include "tests/contract/learning_contract.h"
#include "tests/contract/lease_contract.h"
#include "tests/contract/outbox_contract.h"
#include "tests/contract/pack_contract.h"
#include "tests/contract/record_contract.h"
#include "tests/contract/reply_contract.h"
#include "tests/contract/standing_contract.h"
#include "tests/contract/timer_contract.h"
#include "tests/contract/turn_contract.h"
