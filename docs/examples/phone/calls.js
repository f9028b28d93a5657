const phone = await registeredPhone();
phone.call('13800138000');
show(phone.calls().map(({ direction, number }) => [direction, number])); //> [["outbound","13800138000"]]
