const phone = new SoftPhoneSdk();
phone.setCalled('1380013').dial(8).dial(9).dial(-1);
show(phone.getTargetNumber()); //> 13800138
